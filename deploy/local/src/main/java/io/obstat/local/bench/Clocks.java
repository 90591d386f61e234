package io.obstat.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Measures from the moment a piece of work was to start to the moment it completes. For one thread that starts work. */
final class Clocks {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

    private final Queue<Duration> measured = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<?>> underway = new ArrayList<>();

    /**
     * @param planned when the work was to start, as {@link System#nanoTime}
     * @return completes with the work, once it is measured
     */
    CompletableFuture<Void> time(long planned, CompletableFuture<?> work) {
        CompletableFuture<Void> done = work.thenRun(() -> measured.add(Duration.ofNanos(System.nanoTime() - planned)));
        underway.add(done);
        return done;
    }

    /** Waits for all the work. @throws ExecutionException when some of it failed */
    void await() throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture.allOf(underway.toArray(CompletableFuture[]::new))
                .get(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    Percentiles percentiles() {
        return percentiles(this);
    }

    static Percentiles percentiles(Clocks... all) {
        return Percentiles.of(
                Stream.of(all).flatMap(clocks -> clocks.measured.stream()).toList());
    }
}
