package io.obstat.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that goes on when its starter has ended, found again by its pid file.
 *
 * @param pidFile which process it is
 * @param log where its output and errors go, appended
 */
public record Daemon(PidFile pidFile, LogFile log) {

    /** How a process is asked to end. */
    public enum Signal {
        TERM,
        INT
    }

    public boolean isRunning() {
        return pidFile.process().isPresent();
    }

    /**
     * Starts the process, in a session of its own where the machine has {@code setsid}, so that closing the terminal does not reach it.
     *
     * @throws UncheckedIOException when the program cannot be run
     */
    public void start(Launch launch) {
        List<String> command = new ArrayList<>();
        onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(launch.command());
        try {
            Files.createDirectories(log.path().toAbsolutePath().getParent());
            Files.createDirectories(launch.directory());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(launch.directory().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
            builder.environment().putAll(launch.environment());
            pidFile.write(builder.start().toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + launch.command().getFirst(), e);
        }
    }

    /**
     * Asks the process to end, and ends it when it has not after this time.
     *
     * @return whether it ended by itself
     */
    public boolean stop(Signal signal, Duration patience) {
        Optional<ProcessHandle> running = pidFile.process();
        boolean byItself = true;
        if (running.isPresent()) {
            ProcessHandle process = running.get();
            send(signal, process);
            byItself = ends(process, patience);
            if (!byItself) {
                process.destroyForcibly();
                ends(process, Duration.ofSeconds(10));
            }
        }
        pidFile.delete();
        return byItself;
    }

    /** Ends the process at once, as a crash would, and waits until it is gone. */
    public void kill() {
        pidFile.process().ifPresent(process -> {
            process.destroyForcibly();
            ends(process, Duration.ofSeconds(10));
        });
    }

    private static void send(Signal signal, ProcessHandle process) {
        switch (signal) {
            case TERM -> process.destroy();
            case INT -> {
                try {
                    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor();
                } catch (IOException e) {
                    process.destroy();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The program of this name on the path. */
    public static Optional<Path> onPath(String program) {
        String path = System.getenv("PATH");
        if (path == null) {
            return Optional.empty();
        }
        for (String directory : path.split(":")) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
