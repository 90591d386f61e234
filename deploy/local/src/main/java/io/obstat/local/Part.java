package io.obstat.local;

import io.obstat.local.process.Daemon;
import io.obstat.local.process.Launch;
import io.obstat.local.process.LogFile;
import io.obstat.local.process.PidFile;
import io.obstat.local.process.PortOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** One part of a stack: a process of its own, which can be started, stopped and killed while the others run. */
public final class Part {

    /** How a part is doing. */
    public enum State {
        /** Runs and does its work. */
        READY,
        /** Runs, and does not do its work: it starts, or something it needs is away. */
        NOT_READY,
        /** Was started and not stopped, and does not run. */
        CRASHED,
        /** Not started. */
        DOWN
    }

    private static final Duration READY_WITHIN = Duration.ofSeconds(300);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int LINES_TO_SHOW = 25;

    private final Recipe recipe;
    private final Daemon daemon;
    private final Duration stoppedWithin;

    Part(Recipe recipe, Directories directories, Duration stoppedWithin) {
        this.recipe = recipe;
        this.stoppedWithin = stoppedWithin;
        this.daemon = new Daemon(
                new PidFile(directories.pidFile(recipe.name())), new LogFile(directories.log(recipe.name())));
    }

    public PartName name() {
        return recipe.name();
    }

    public int port() {
        return recipe.port();
    }

    /** Where it is reached, for people to read. */
    public String address() {
        return recipe.address();
    }

    public LogFile log() {
        return daemon.log();
    }

    public boolean isRunning() {
        return daemon.isRunning();
    }

    /** Its process; empty when it does not run. */
    public OptionalLong pid() {
        return daemon.pidFile().process().stream().mapToLong(ProcessHandle::pid).findFirst();
    }

    public State state() {
        if (isRunning()) {
            return recipe.isReady() ? State.READY : State.NOT_READY;
        }
        return daemon.pidFile().exists() ? State.CRASHED : State.DOWN;
    }

    /**
     * Starts the part and waits until it is ready, at most five minutes. Does nothing to one that is ready already. The services wait by
     * themselves for what they need; the stack starts the others first all the same.
     *
     * @return how long it took
     * @throws StackException when it cannot be started; nothing of it runs then, unless it ran before
     */
    public Duration start() {
        Instant begun = Instant.now();
        boolean ours = !isRunning();
        if (ours) {
            requirePort();
            Launch launch = recipe.prepare();
            daemon.start(launch);
        }
        try {
            awaitReady(begun.plus(READY_WITHIN));
            recipe.complete();
        } catch (RuntimeException e) {
            if (ours) {
                stop();
            }
            throw e;
        }
        return Duration.between(begun, Instant.now());
    }

    /** @throws StackException.PortInUse naming the port, who has it and what to do */
    void requirePort() {
        if (!isRunning()) {
            recipe.ports().forEach(this::requireFree);
        }
    }

    private void requireFree(int port) {
        if (!Ports.isFree(port)) {
            String owner = PortOwner.of(port)
                    .map(found -> "process %d (%s)".formatted(found.pid(), found.program()))
                    .orElse("another program");
            throw new StackException.PortInUse(
                    "Port %d, which %s needs, is taken by %s. End that, or move Obstat: ./obstat up --port-offset 10000"
                            .formatted(port, name(), owner));
        }
    }

    private void awaitReady(Instant deadline) {
        while (!recipe.isReady()) {
            if (!isRunning()) {
                List<String> lastLines = daemon.log().tail(LINES_TO_SHOW);
                if (!recipe.cameTooEarly(lastLines) || Instant.now().isAfter(deadline)) {
                    throw failed("ended while it started", lastLines);
                }
                daemon.start(recipe.prepare());
            }
            if (Instant.now().isAfter(deadline)) {
                throw failed(
                        "was not ready after %d s".formatted(READY_WITHIN.toSeconds()),
                        daemon.log().tail(LINES_TO_SHOW));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException.PartFailed("Interrupted");
        }
    }

    private StackException.PartFailed failed(String what, List<String> lastLines) {
        String said = lastLines.isEmpty() ? "    (it said nothing)" : "    " + String.join("\n    ", lastLines);
        return new StackException.PartFailed("%s %s. The last lines of %s:%n%s"
                .formatted(name(), what, daemon.log().path(), said));
    }

    /** Ends the part in good order, or at once when it takes too long over it. */
    public void stop() {
        daemon.stop(recipe.stopSignal(), stoppedWithin);
    }

    /** Ends the part as a crash would (kill -9), and waits until it is gone. */
    public void kill() {
        daemon.kill();
    }
}
