package io.obstat.decision.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fault in one file.
 *
 * @param description what goes wrong, in a sentence
 * @param file from the root of the checkout
 */
record Mutant(String name, String description, Path file, List<Hunk> hunks) {

    /** Lines that become others. */
    record Hunk(String before, String after) {}

    /** Every patch of a folder. */
    static List<Mutant> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            var mutants = new ArrayList<Mutant>();
            for (Path file : files.filter(each -> each.toString().endsWith(".patch"))
                    .sorted()
                    .toList()) {
                mutants.add(read(file));
            }
            return mutants;
        }
    }

    /** A unified diff of one file, with a sentence before it. */
    private static Mutant read(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        Path file = null;
        var hunks = new ArrayList<Hunk>();
        var before = new StringBuilder();
        var after = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("+++ b/")) {
                file = Path.of(line.substring("+++ b/".length()));
            } else if (line.startsWith("@@")) {
                add(hunks, before, after);
            } else if (file != null) {
                String text = line.isEmpty() ? "" : line.substring(1);
                if (!line.startsWith("+")) {
                    before.append(text).append('\n');
                }
                if (!line.startsWith("-")) {
                    after.append(text).append('\n');
                }
            }
        }
        add(hunks, before, after);
        if (file == null || hunks.isEmpty()) {
            throw new IOException("%s is no unified diff".formatted(patch));
        }
        String name = patch.getFileName().toString().replace(".patch", "");
        return new Mutant(name, lines.getFirst(), file, List.copyOf(hunks));
    }

    private static void add(List<Hunk> hunks, StringBuilder before, StringBuilder after) {
        if (!before.isEmpty()) {
            hunks.add(new Hunk(before.toString(), after.toString()));
            before.setLength(0);
            after.setLength(0);
        }
    }

    /**
     * The source with the fault.
     *
     * @throws IllegalStateException when the source has changed so that the patch no longer applies
     */
    String apply(String source) {
        String mutated = source;
        for (Hunk hunk : hunks) {
            if (!mutated.contains(hunk.before())) {
                throw new IllegalStateException(
                        "%s.patch does not apply to %s any more; make it again or delete it".formatted(name, file));
            }
            mutated = mutated.replace(hunk.before(), hunk.after());
        }
        return mutated;
    }
}
