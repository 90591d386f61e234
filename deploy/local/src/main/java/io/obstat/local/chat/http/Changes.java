package io.obstat.local.chat.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells who watches that something has changed. */
public final class Changes {

    // A lock, and no monitor: virtual threads of Java 21 wait in it without holding on to a carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long version = 1;

    /** Something has changed. */
    public void happened() {
        lock.lock();
        try {
            version++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is another version than this, or no longer; and says which there is. */
    public long await(long known, Duration atMost) {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (version == known && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return version;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** For how long a watcher waits at most, before it asks again. */
    public static Duration patience() {
        return Duration.ofNanos(TimeUnit.SECONDS.toNanos(20));
    }
}
