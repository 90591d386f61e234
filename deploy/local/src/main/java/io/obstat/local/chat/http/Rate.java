package io.obstat.local.chat.http;

import java.time.Duration;

/**
 * How often something may be done.
 *
 * @param burst how often at once
 * @param each how long it takes until once more is allowed
 */
public record Rate(int burst, Duration each) {

    public Rate {
        if (burst < 1 || each.isNegative() || each.isZero()) {
            throw new IllegalArgumentException("A rate needs a burst of at least 1 and a time: " + burst + ", " + each);
        }
    }

    /** So often a minute, and as often at once. */
    public static Rate perMinute(int times) {
        return new Rate(times, Duration.ofMinutes(1).dividedBy(times));
    }
}
