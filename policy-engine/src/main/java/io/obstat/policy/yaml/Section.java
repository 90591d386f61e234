package io.obstat.policy.yaml;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping in a policy file, read key by key. It knows where it stands, remembers what was read, and refuses what was not. */
final class Section {

    private final String file;
    private final String place;
    private final int line;
    private final Map<String, Node> values;
    private final Map<String, Integer> lines;
    private final Set<String> read = new HashSet<>();

    private Section(String file, String place, int line, Map<String, Node> values, Map<String, Integer> lines) {
        this.file = file;
        this.place = place;
        this.line = line;
        this.values = values;
        this.lines = lines;
    }

    /** @param place put before the name of a field in messages, such as {@code rule export-customers: } */
    static Section of(String file, String place, Node node) throws PolicyFileException {
        if (!(node instanceof MappingNode mapping)) {
            throw new PolicyFileException(
                    file,
                    lineOf(node),
                    "%s must be a mapping of keys to values, got %s".formatted(named(place), kind(node)));
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar) || !key.getTag().equals(Tag.STR)) {
                throw new PolicyFileException(
                        file,
                        lineOf(key),
                        "%s has a key that is %s; put it in quotes".formatted(named(place), kind(key)));
            }
            if (values.put(scalar.getValue(), tuple.getValueNode()) != null) {
                throw new PolicyFileException(
                        file,
                        lineOf(key),
                        "%s%s is given twice; keep one".formatted(place, Quoted.of(scalar.getValue())));
            }
            lines.put(scalar.getValue(), lineOf(key));
        }
        return new Section(file, place, lineOf(node), values, lines);
    }

    /** The same section with another {@code place} in messages. */
    Section at(String newPlace) {
        Section moved = new Section(file, newPlace, line, values, lines);
        moved.read.addAll(read);
        return moved;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    int line(String key) {
        return lines.getOrDefault(key, line);
    }

    String text(String key) throws PolicyFileException {
        return text(key, required(key));
    }

    @Nullable
    String optionalText(String key) throws PolicyFileException {
        Node node = optional(key);
        return node == null ? null : text(key, node);
    }

    int wholeNumber(String key) throws PolicyFileException {
        Node node = required(key);
        if (node instanceof ScalarNode scalar
                && node.getTag().equals(Tag.INT)
                && scalar.getValue().matches("[0-9]{1,9}")) {
            return Integer.parseInt(scalar.getValue());
        }
        throw wrong(key, "must be a whole number, got %s".formatted(kind(node)));
    }

    int optionalWholeNumber(String key, int otherwise) throws PolicyFileException {
        return has(key) ? wholeNumber(key) : otherwise;
    }

    Duration duration(String key) throws PolicyFileException {
        String text = text(key);
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(key, "must be an ISO 8601 duration such as PT30M, got %s".formatted(Quoted.of(text)));
        }
    }

    @Nullable
    Duration optionalDuration(String key) throws PolicyFileException {
        return has(key) ? duration(key) : null;
    }

    /** The elements of a list of durations; empty when the key is not there. */
    List<Duration> durations(String key) throws PolicyFileException {
        return elements(key, Section::duration);
    }

    /** @param choices the words that can stand here, with what they mean */
    <T> T oneOf(String key, Map<String, T> choices) throws PolicyFileException {
        String text = text(key);
        T chosen = choices.get(text);
        if (chosen == null) {
            throw wrong(
                    key, "must be one of %s, got %s".formatted(String.join(", ", choices.keySet()), Quoted.of(text)));
        }
        return chosen;
    }

    @Nullable
    <T> T optionalOneOf(String key, Map<String, T> choices) throws PolicyFileException {
        return has(key) ? oneOf(key, choices) : null;
    }

    /** What the elements of a list mean; empty when the key is not there. */
    <T> List<T> eachOneOf(String key, Map<String, T> choices) throws PolicyFileException {
        return elements(key, (element, name) -> element.oneOf(name, choices));
    }

    Section section(String key) throws PolicyFileException {
        return of(file, place + key + ".", required(key));
    }

    @Nullable
    Section optionalSection(String key) throws PolicyFileException {
        return has(key) ? section(key) : null;
    }

    List<Section> sections(String key) throws PolicyFileException {
        List<Section> sections = new ArrayList<>();
        for (Node element : list(key)) {
            sections.add(of(file, "%s%s[%d].".formatted(place, key, sections.size()), element));
        }
        return sections;
    }

    /** As {@link #sections}; empty when the key is not there. */
    List<Section> optionalSections(String key) throws PolicyFileException {
        return has(key) ? sections(key) : List.of();
    }

    /** A mapping of text to text; empty when the key is not there. */
    Map<String, String> texts(String key) throws PolicyFileException {
        if (!has(key)) {
            return Map.of();
        }
        Section section = section(key);
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : section.values.keySet()) {
            texts.put(name, section.text(name));
        }
        return texts;
    }

    /** @throws PolicyFileException when the section has a key that was not asked for */
    void requireNothingElse() throws PolicyFileException {
        for (String key : values.keySet()) {
            if (!read.contains(key)) {
                throw wrong(key, "is not known here; remove it, or use one of the keys that the reference names");
            }
        }
    }

    /** What {@code construct} makes of values read from here; a value that it refuses is named as a field of this section. */
    <T> T build(Supplier<T> construct) throws PolicyFileException {
        try {
            return construct.get();
        } catch (InvalidFieldException e) {
            throw wrong(e.field(), e.problem());
        }
    }

    PolicyFileException wrong(String field, String problem) {
        String first = field.replaceFirst("[.\\[].*", "");
        // Contracts name some fields by their parent as well (slots.approvals); inside the parent that is said already.
        boolean ours = values.containsKey(field) || values.containsKey(first) || first.equals(field);
        String name = ours ? field : field.substring(first.length() + 1);
        return new PolicyFileException(
                file, line(values.containsKey(name) ? name : first), "%s%s %s".formatted(place, name, problem));
    }

    private interface Reading<T> {
        T read(Section section, String key) throws PolicyFileException;
    }

    private <T> List<T> elements(String key, Reading<T> reading) throws PolicyFileException {
        if (!has(key)) {
            return List.of();
        }
        List<T> elements = new ArrayList<>();
        for (Node element : list(key)) {
            String name = "%s[%d]".formatted(key, elements.size());
            int at = lineOf(element);
            // An element is read as if it stood alone under its own name, so that messages name it.
            elements.add(reading.read(new Section(file, place, at, Map.of(name, element), Map.of(name, at)), name));
        }
        return elements;
    }

    private List<Node> list(String key) throws PolicyFileException {
        Node node = required(key);
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(key, "must be a list, got %s".formatted(kind(node)));
        }
        return sequence.getValue();
    }

    private Node required(String key) throws PolicyFileException {
        Node node = optional(key);
        if (node == null) {
            throw new PolicyFileException(file, line, "%s%s is missing; add it".formatted(place, key));
        }
        return node;
    }

    private @Nullable Node optional(String key) {
        read.add(key);
        return values.get(key);
    }

    private String text(String key, Node node) throws PolicyFileException {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        throw wrong(
                key,
                "must be text, got %s%s".formatted(kind(node), node instanceof ScalarNode ? "; put it in quotes" : ""));
    }

    private static String named(String place) {
        String name = place.replaceFirst("(: |\\.)$", "");
        return name.isEmpty() ? "the document" : name;
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar when node.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> Quoted.of(scalar.getValue());
            default -> "something else";
        };
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
