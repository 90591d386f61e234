package io.obstat.local.chat.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts what was done under each key: a token bucket each (the generic cell rate algorithm). Safe for use by several threads. */
public final class RateLimits {

    private final InstantSource clock;
    private final Map<String, Instant> fullAgain = new HashMap<>();

    public RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts once more; when that is too often, nothing is counted, and this is how long to wait. */
    public synchronized Optional<Duration> take(String key, Rate rate) {
        Instant now = clock.instant();
        Instant full = fullAgain.getOrDefault(key, now);
        Instant next = (full.isBefore(now) ? now : full).plus(rate.each());
        Duration over = Duration.between(now.plus(rate.each().multipliedBy(rate.burst())), next);
        if (over.isPositive()) {
            return Optional.of(over);
        }
        fullAgain.put(key, next);
        return Optional.empty();
    }
}
