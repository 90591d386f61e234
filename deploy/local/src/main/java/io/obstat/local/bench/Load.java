package io.obstat.local.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** When work starts. */
sealed interface Load {

    /** Work that starts. */
    @FunctionalInterface
    interface Work {
        /**
         * Must not block.
         *
         * @param number of this piece of work, from 0
         * @param planned when it was to start, as {@link System#nanoTime}; what it takes is counted from then
         * @return completes when the work is done, well or not
         */
        CompletableFuture<?> start(int number, long planned);
    }

    /**
     * Starts all the work, from this thread; returns when the last has started.
     *
     * @return how many pieces of work were started
     */
    int run(Work work) throws InterruptedException;

    /**
     * An open loop: work starts at its planned moment whether or not earlier work has ended, so that a stall is measured by everyone who would have
     * met it and not only by the one who caused it (no coordinated omission).
     *
     * @param perSecond starts a second; at least 1
     * @param duration how long
     */
    record AtRate(int perSecond, Duration duration) implements Load {

        @Override
        public int run(Work work) {
            int starts = Math.toIntExact(duration.toMillis() * perSecond / 1000);
            long begin = System.nanoTime();
            for (int i = 0; i < starts; i++) {
                long planned = begin + i * 1_000_000_000L / perSecond;
                while (System.nanoTime() < planned) {
                    LockSupport.parkNanos(Math.max(1, planned - System.nanoTime()));
                }
                work.start(i, planned);
            }
            return starts;
        }
    }

    /**
     * A closed loop: work starts when earlier work has ended. It goes as fast as what it works on, so that a program that is slow because nobody has used
     * it yet becomes fast, and has no queue at the end of it.
     *
     * @param most how much may be underway at once; at least 1
     * @param duration how long
     */
    record AtOnce(int most, Duration duration) implements Load {

        @Override
        public int run(Work work) throws InterruptedException {
            var places = new Semaphore(most);
            long end = System.nanoTime() + duration.toNanos();
            int started = 0;
            while (System.nanoTime() < end) {
                places.acquire();
                work.start(started++, System.nanoTime()).whenComplete((done, failure) -> places.release());
            }
            return started;
        }
    }
}
