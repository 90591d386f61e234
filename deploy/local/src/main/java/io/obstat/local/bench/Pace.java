package io.obstat.local.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * An open-loop load: work starts at its planned moment whether or not earlier work has ended, so that a stall is measured by everyone who would have
 * met it and not only by the one who caused it (no coordinated omission).
 *
 * @param perSecond starts a second; at least 1
 * @param duration how long
 */
record Pace(int perSecond, Duration duration) {

    /** Three paces, each a third of the duration, that lead up to this rate: a program that nobody has used yet is slow. */
    static List<Pace> upTo(int perSecond, Duration duration) {
        Duration third = duration.dividedBy(3);
        return List.of(
                new Pace(Math.max(1, perSecond / 4), third),
                new Pace(Math.max(1, perSecond / 2), third),
                new Pace(perSecond, third));
    }

    int starts() {
        return Math.toIntExact(duration.toMillis() * perSecond / 1000);
    }

    /** Calls {@code start} with 0, 1, 2, … at their planned moments, from this thread; it must not block. */
    void run(IntConsumer start) {
        long begin = System.nanoTime();
        for (int i = 0; i < starts(); i++) {
            long planned = begin + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < planned) {
                LockSupport.parkNanos(Math.max(1, planned - System.nanoTime()));
            }
            start.accept(i);
        }
    }
}
