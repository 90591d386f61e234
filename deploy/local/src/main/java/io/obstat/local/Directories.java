package io.obstat.local;

import java.nio.file.Path;

/**
 * Where things lie.
 *
 * @param root the repository, with what was built in it
 * @param home what this installation keeps: data, keys, logs, pids
 */
public record Directories(Path root, Path home) {

    public Directories {
        root = root.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    /** The usual home, beside the sources. */
    public static Directories in(Path root) {
        return new Directories(root, root.resolve(".obstat"));
    }

    /** What the part must find again after a restart. */
    public Path data(PartName name) {
        return home.resolve("data").resolve(name.label());
    }

    /** What the part would rather find again, and can do without. */
    public Path state(PartName name) {
        return home.resolve("state").resolve(name.label());
    }

    public Path log(PartName name) {
        return home.resolve("logs").resolve(name.label() + ".log");
    }

    public Path pidFile(PartName name) {
        return home.resolve("run").resolve(name.label() + ".pid");
    }

    /** Rendered configuration. */
    public Path config() {
        return home.resolve("config");
    }

    /** Private keys, for the owner's eyes only. */
    public Path keys() {
        return home.resolve("keys");
    }

    /** Unpacked programs: they depend on the build and not on the home, so all homes share them. */
    public Path runtime() {
        return root.resolve(".obstat").resolve("runtime");
    }

    /** What ships with the sources. */
    public Path shipped(String file) {
        return root.resolve("deploy/local/config").resolve(file);
    }
}
