package io.obstat.notifier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers of others that are believed for a while, in this process. Losing them costs another question.
 *
 * @param <A> an answer
 */
public final class Kept<A> {

    private static final int MOST = 10_000;

    private final Duration time;
    private final InstantSource clock;
    private final Map<String, Entry<A>> known = new HashMap<>();

    /** @param time for how long an answer is believed */
    public Kept(Duration time, InstantSource clock) {
        this.time = time;
        this.clock = clock;
    }

    private record Entry<A>(A answer, Instant until) {}

    /** What was answered about this lately. */
    public synchronized Optional<A> get(String about) {
        return Optional.ofNullable(known.get(about))
                .filter(entry -> !entry.until().isBefore(clock.instant()))
                .map(Entry::answer);
    }

    /** From now on this is believed; of 10,000 answers all others are forgotten first. */
    public synchronized void keep(String about, A answer) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(about, new Entry<>(answer, clock.instant().plus(time)));
    }
}
