package io.obstat.notifier.teams;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages of npm that a test needs. Their {@code package-lock.json} pins each version and its SHA-512, which npm checks; none of their
 * scripts is run. They stay in the user's cache, so that they are fetched once for each lock file, and no network is needed after that.
 */
final class NpmPackages {

    private static final String MANIFEST = "package.json";
    private static final String LOCK = "package-lock.json";
    private static final int TRIES = 2;
    private static final int PATIENCE_SECONDS = 120;

    private NpmPackages() {}

    /**
     * The directory {@code node_modules} with all of them in it. Skips the test on a machine where they cannot be had; fails it in CI,
     * unless {@code .ci/run} has found that npm's registry does not answer anybody.
     *
     * @param directory with manifest and lock file, beside this class
     */
    static Path bring(String directory) throws IOException, InterruptedException {
        byte[] lock = read(directory, LOCK);
        Path kept = cache().resolve(fingerprint(lock));
        if (!Files.isDirectory(kept)) {
            Files.createDirectories(cache());
            // Beside it and then renamed: what is there is whole, whoever else fetches it at the same time.
            Path fresh = Files.createTempDirectory(cache(), "fetching");
            Files.write(fresh.resolve(MANIFEST), read(directory, MANIFEST));
            Files.write(fresh.resolve(LOCK), lock);
            String trouble = fetch(fresh);
            if (!trouble.isEmpty()) {
                discard(fresh);
                return without("npm could not fetch the packages of %s: %s".formatted(directory, trouble));
            }
            keep(fresh, kept);
        }
        return kept.resolve("node_modules");
    }

    private static void keep(Path fresh, Path kept) throws IOException {
        try {
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Somebody else was faster.
            if (!Files.isDirectory(kept)) {
                throw e;
            }
            discard(fresh);
        }
    }

    private static void discard(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(directory)) {
            all = below.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    /** What went wrong; empty when nothing did. */
    private static String fetch(Path directory) throws IOException, InterruptedException {
        String trouble = "";
        for (int tried = 0; tried < TRIES; tried++) {
            trouble = install(directory);
            if (trouble.isEmpty()) {
                return "";
            }
        }
        return trouble;
    }

    private static String install(Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("npm.log");
        ProcessBuilder npm = new ProcessBuilder(
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--legacy-peer-deps",
                        "--fetch-retries=0",
                        "--no-audit",
                        "--no-fund")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process;
        try {
            process = npm.start();
        } catch (IOException e) {
            return "there is no npm on the PATH (%s)".formatted(e.getMessage());
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return "no answer within %d s".formatted(PATIENCE_SECONDS);
        }
        return process.exitValue() == 0 ? "" : Files.readString(log).strip();
    }

    private static Path without(String why) {
        if (System.getenv("CI") != null && System.getenv("OBSTAT_WITHOUT_NPM") == null) {
            throw new AssertionError(why + " (CI is set, where this has to be tested)");
        }
        return abort(why);
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(set -> !set.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("obstat/npm");
    }

    private static byte[] read(String directory, String file) throws IOException {
        try (InputStream resource = NpmPackages.class.getResourceAsStream(directory + "/" + file)) {
            if (resource == null) {
                throw new IllegalArgumentException("There is no %s in %s".formatted(file, directory));
            }
            return resource.readAllBytes();
        }
    }

    private static String fingerprint(byte[] lock) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lock), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
