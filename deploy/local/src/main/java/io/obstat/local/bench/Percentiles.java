package io.obstat.local.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/**
 * Percentiles of measured durations, by the nearest-rank method: each is a duration that was measured.
 *
 * @param count how many were measured; at least 1
 */
record Percentiles(int count, Duration p50, Duration p90, Duration p99, Duration max) {

    /** @throws IllegalArgumentException when nothing was measured */
    static Percentiles of(Collection<Duration> measured) {
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured, so there are no percentiles");
        }
        Duration[] sorted = measured.toArray(Duration[]::new);
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length, rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), sorted[sorted.length - 1]);
    }

    private static Duration rank(Duration[] sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    /** A line such as {@code n=3000  p50 6.1 ms  p90 8.0 ms  p99 21.4 ms  max 40.2 ms}. */
    String line() {
        return "n=%d  p50 %s  p90 %s  p99 %s  max %s"
                .formatted(count, millis(p50), millis(p90), millis(p99), millis(max));
    }

    static String millis(Duration duration) {
        return "%.1f ms".formatted(duration.toNanos() / 1e6);
    }
}
