package io.obstat.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One part of a local Obstat: a process of its own, which lives on when whoever started it ends. What is known of it is in its pid file, so that another
 * program can look after it later.
 */
public final class Part {

    /**
     * @param name such as {@code decision-service}
     * @param command program and arguments
     * @param environment added to this process's own
     * @param port where it listens on the loopback address
     * @param address what a person is told
     * @param ready whether it can be used
     */
    public record Spec(
            String name, List<String> command, Map<String, String> environment, int port, String address, Check ready) {}

    /** Whether a part can be used; false rather than an exception while it cannot. */
    @FunctionalInterface
    public interface Check {
        boolean holds();
    }

    /** How a part is. */
    public enum State {
        RUNNING,
        NOT_READY,
        CRASHED,
        STOPPED
    }

    /** A part that could not be started; the message says why and what to do, with the last lines of its log. */
    public static final class StartFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartFailed(String message) {
            super(message);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int LOG_LINES = 20;

    private final Spec spec;
    private final Home home;

    Part(Spec spec, Home home) {
        this.spec = spec;
        this.home = home;
    }

    public Spec spec() {
        return spec;
    }

    public String name() {
        return spec.name();
    }

    /** Its log file; there once it was started. */
    public Path log() {
        return home.log(name());
    }

    /** Starts it, unless it runs. Does not wait for it to be ready. */
    public void start() {
        if (process().isPresent()) {
            return;
        }
        PortInUse.check(spec);
        try {
            var builder = new ProcessBuilder(detached(spec.command()))
                    .directory(home.dir().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(spec.environment());
            ProcessHandle started = builder.start().toHandle();
            Files.writeString(home.pidFile(name()), started.pid() + " " + startOf(started));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start %s: %s".formatted(name(), String.join(" ", spec.command())), e);
        }
    }

    /** Starts it and waits until it can be used, a minute at most. @throws StartFailed when it ends or stays unready */
    public Part startAndAwait() {
        start();
        awaitReady();
        return this;
    }

    /** Waits until it can be used, a minute at most. @throws StartFailed when it ends or stays unready */
    public void awaitReady() {
        Instant until = Instant.now().plus(PATIENCE);
        while (!spec.ready().holds()) {
            if (process().isEmpty()) {
                throw new StartFailed("%s ended while it started. The end of %s:%n%s".formatted(name(), log(), tail()));
            }
            if (Instant.now().isAfter(until)) {
                throw new StartFailed("%s is not ready after %d s. The end of %s:%n%s"
                        .formatted(name(), PATIENCE.toSeconds(), log(), tail()));
            }
            pause();
        }
    }

    public State state() {
        if (process().isPresent()) {
            return spec.ready().holds() ? State.RUNNING : State.NOT_READY;
        }
        return Files.exists(home.pidFile(name())) ? State.CRASHED : State.STOPPED;
    }

    /** The running process, if it runs. */
    public Optional<ProcessHandle> process() {
        try {
            String[] pidAndStart = Files.readString(home.pidFile(name())).strip().split(" ", 2);
            return ProcessHandle.of(Long.parseLong(pidAndStart[0]))
                    .filter(ProcessHandle::isAlive)
                    // A pid is used again by the system; the moment it was started tells the two apart.
                    .filter(process -> startOf(process).equals(pidAndStart[1]));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Ends it at once, as {@code kill -9} does, with the processes that it started; its pid file stays. */
    public void kill() {
        process().ifPresent(process -> {
            Stream<ProcessHandle> family = Stream.concat(Stream.of(process), process.descendants().toList().stream());
            List<ProcessHandle> all = new ArrayList<>(family.toList());
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(Part::awaitEnd);
        });
    }

    /** Asks it to end, and ends it when it has not after 15 s. */
    public void stop() {
        process().ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                kill();
            }
        });
        try {
            Files.deleteIfExists(home.pidFile(name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of its log. */
    public String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).lines().toList();
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    private static List<String> detached(List<String> command) {
        // A session of its own keeps a closed terminal or a Ctrl-C there from ending it.
        if (!Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            return command;
        }
        var detached = new ArrayList<>(List.of("/usr/bin/setsid"));
        detached.addAll(command);
        return detached;
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("Process %d does not end, not even by SIGKILL".formatted(process.pid()), e);
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a part", e);
        }
    }
}
