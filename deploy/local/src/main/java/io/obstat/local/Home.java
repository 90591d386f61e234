package io.obstat.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder in which a local Obstat keeps its data, logs, keys and rendered configuration. */
public record Home(Path dir) {

    public Home {
        dir = dir.toAbsolutePath().normalize();
    }

    public Path log(String part) {
        return folder("logs").resolve(part + ".log");
    }

    public Path pidFile(String part) {
        return folder("run").resolve(part + ".pid");
    }

    public Path data(String part) {
        return folder("data").resolve(part);
    }

    public Path key(String name) {
        return folder("keys").resolve(name);
    }

    public Path config(String name) {
        return folder("config").resolve(name);
    }

    /** Deletes data and logs, keys and rendered configuration: everything but the folder. */
    public void wipe() {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(dir)) {
            List<Path> deepestFirst =
                    tree.filter(path -> !path.equals(dir)).sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not wipe %s; delete it by hand".formatted(dir), e);
        }
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(dir.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to %s; choose another folder with --home".formatted(dir), e);
        }
    }
}
