package io.obstat.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where things lie around the modules. */
final class Repository {

    private Repository() {}

    /** The root of the repository. */
    static Path root() {
        String given = System.getProperty("obstat.root", "");
        Path start = given.isEmpty() ? Path.of("").toAbsolutePath() : Path.of(given);
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("system-tests")) && Files.exists(at.resolve("contracts"))) {
                return at;
            }
        }
        throw new IllegalStateException("Not inside the repository: " + start);
    }

    /** Data that nobody here wrote, beside the repository or where {@code OBSTAT_VECTORS} says; empty when it is not there. */
    static Optional<Path> vectors(String name) {
        String given = System.getenv("OBSTAT_VECTORS");
        Path all = given != null ? Path.of(given) : root().resolve("../shared/vectors");
        Path asked = all.resolve(name).normalize();
        return Files.isDirectory(asked) ? Optional.of(asked) : Optional.empty();
    }

    /** Where a run leaves what is worth keeping. */
    static Path artifacts() {
        return Path.of(System.getProperty(
                "obstat.artifacts", root().resolve("system-tests/target").toString()));
    }
}
