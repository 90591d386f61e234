package io.obstat.contracts.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The javadoc of a contract type, from its source: the one place where a field's meaning and bounds are written. */
final class Javadoc {

    private static final Path SOURCES = Path.of("src/main/java");

    private final String text;
    private final Map<String, String> parameters;

    private Javadoc(String text, Map<String, String> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    static Javadoc of(Class<?> type) {
        Matcher comment = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:(?:public|static|final|sealed)\\s+)*"
                                + "(?:record|enum|class|interface)\\s+" + type.getSimpleName() + "\\b",
                        Pattern.DOTALL)
                .matcher(source(type));
        return comment.find() ? parse(comment.group(1)) : new Javadoc("", Map.of());
    }

    /** What the type is; empty when its javadoc has parameters only. */
    Optional<String> text() {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** What this component is, with its bounds. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static Javadoc parse(String comment) {
        String plain = comment.lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .reduce("", (a, b) -> a + " " + b)
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
        String[] parts = plain.split("\\s*@param ", -1);
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            String[] words = parts[i].split(" ", 2);
            parameters.put(words[0], words[1].replaceFirst("\\s*@(throws|return).*", ""));
        }
        return new Javadoc(parts[0].strip(), parameters);
    }

    private static String source(Class<?> type) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        try {
            return Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
