package io.obstat.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This module as it was built: what child processes of its own are started from. */
public final class Launcher {

    private Launcher() {}

    /**
     * The class path of this module: its jar and what it needs, each by name, so that the virtual machine can keep an archive of it.
     *
     * @throws StackException.Missing when it was not built
     */
    public static List<Path> classPath(Directories directories) {
        Path target = directories.root().resolve("deploy/local/target");
        Path libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new StackException.Missing("%s is not there. Build first: ./obstat build".formatted(libraries));
        }
        try {
            List<Path> all = new ArrayList<>(jars(target));
            if (all.isEmpty()) {
                all.add(target.resolve("classes"));
            }
            all.addAll(jars(libraries));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + target, e);
        }
    }

    /** A class path as the command line wants it. */
    public static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
