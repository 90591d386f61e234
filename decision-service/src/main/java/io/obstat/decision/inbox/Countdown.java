package io.obstat.decision.inbox;

import java.time.Duration;
import java.time.Instant;

/**
 * How long is left, in words. {@code inbox.js} counts on in the browser by the same steps.
 *
 * @param text such as {@code expires in 24 min}
 * @param urgency {@code calm}, {@code soon} (ten minutes or less) or {@code over}
 * @param until the moment itself
 */
public record Countdown(String text, String urgency, Instant until) {

    private static final Duration SOON = Duration.ofMinutes(10);

    static Countdown to(Instant until, Instant now) {
        Duration left = Duration.between(now, until);
        if (left.isZero() || left.isNegative()) {
            return new Countdown("time is up", "over", until);
        }
        return new Countdown("expires in " + words(left), left.compareTo(SOON) <= 0 ? "soon" : "calm", until);
    }

    /** Two units at most, rounded down, so that nobody is promised more time than there is. */
    private static String words(Duration left) {
        if (left.toMinutes() == 0) {
            return left.toSeconds() + " s";
        }
        if (left.toHours() == 0) {
            return left.toMinutes() + " min";
        }
        if (left.toDays() == 0) {
            return two(left.toHours(), "h", left.toMinutesPart(), "min");
        }
        return two(left.toDays(), left.toDays() == 1 ? "day" : "days", left.toHoursPart(), "h");
    }

    private static String two(long first, String unit, int second, String smaller) {
        return second == 0 ? "%d %s".formatted(first, unit) : "%d %s %d %s".formatted(first, unit, second, smaller);
    }
}
