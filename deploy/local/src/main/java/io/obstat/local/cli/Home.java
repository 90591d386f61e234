package io.obstat.local.cli;

import io.obstat.local.Directories;
import io.obstat.local.StackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which an installation keeps what it makes. Obstat marks the homes that it has made, and deletes nothing in any other folder: data, logs,
 * config and keys are names that anybody's folders have.
 */
record Home(Directories directories) {

    private static final String MARKER = ".obstat-home";
    private static final List<String> OWN = List.of("data", "state", "logs", "run", "config", "keys");

    /** Marks the folder as a home when it is the usual one, or holds nothing yet. */
    void mark() {
        if (!isMarked() && (isUsual() || isEmpty())) {
            StackFiles.write(marker(), "Obstat keeps its data here, and deletes it at ./obstat up --fresh\n");
        }
    }

    /** @throws IllegalStateException when the folder holds something and was not made by Obstat, so that nothing in it may be deleted */
    void requireOwn() {
        if (!isMarked() && !isUsual() && !isEmpty()) {
            throw new IllegalStateException(
                    "%s holds something, and nothing says that Obstat made it, so --fresh deletes nothing there. Give a folder that is empty or not there yet; or, if all in it is Obstat's: touch %s"
                            .formatted(directories.home(), marker()));
        }
    }

    /**
     * Deletes what an installation keeps, and nothing else in the folder.
     *
     * @throws IllegalStateException as {@link #requireOwn()}
     */
    void empty() {
        requireOwn();
        for (String folder : OWN) {
            StackFiles.deleteAll(directories.home().resolve(folder));
        }
    }

    private Path marker() {
        return directories.home().resolve(MARKER);
    }

    private boolean isMarked() {
        return Files.exists(marker());
    }

    /** Nobody else has a reason to keep anything there; a build, which comes first, does. */
    private boolean isUsual() {
        return directories.equals(Directories.in(directories.root()));
    }

    private boolean isEmpty() {
        if (!Files.exists(directories.home())) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directories.home())) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look into " + directories.home(), e);
        }
    }
}
