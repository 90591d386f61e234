package io.obstat.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which process a part is. A pid alone may belong to somebody else by now, so the time of its start is kept too.
 *
 * @param path the file; its directory is made when needed
 */
public record PidFile(Path path) {

    /** What the kernel tells of a start time is coarse, and rounded differently at each reading. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Whether a process was started and not stopped in good order: it runs, or it crashed. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** The process, when it still runs. */
    public Optional<ProcessHandle> process() {
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
        if (lines.size() < 2
                || !lines.get(0).matches("\\d{1,18}")
                || !lines.get(1).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant started = Instant.ofEpochMilli(Long.parseLong(lines.get(1)));
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(ProcessHandle::isAlive)
                .filter(process -> isThe(process, started));
    }

    private static boolean isThe(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .map(at -> Duration.between(at, started).abs().compareTo(TOLERANCE) <= 0)
                .orElse(true);
    }

    /** Keeps this process, at once or not at all. */
    public void write(ProcessHandle process) {
        long started = process.info().startInstant().orElseGet(Instant::now).toEpochMilli();
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(fresh, process.pid() + "\n" + started + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    /** Forgets it. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
    }
}
