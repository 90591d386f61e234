package io.obstat.notifier;

import io.obstat.contracts.InvalidFieldException;
import java.time.Duration;

/**
 * When to try again: exponentially later, spread by jitter, until it is given up.
 *
 * @param first the wait after the first failed try, before jitter; positive
 * @param longest no wait is longer, unless the recipient asks for it; at least {@code first}
 * @param giveUpAfter counted from the moment there was something to tell; positive
 */
public record Backoff(Duration first, Duration longest, Duration giveUpAfter) {

    private static final Duration LONGEST_FOR_PEOPLE = Duration.ofMinutes(1);

    public Backoff {
        if (!first.isPositive()) {
            throw new InvalidFieldException("retry.first", "is %s; it must be positive".formatted(first));
        }
        if (longest.compareTo(first) < 0) {
            throw new InvalidFieldException(
                    "retry.longest", "is %s; it must be at least retry.first, %s".formatted(longest, first));
        }
        if (!giveUpAfter.isPositive()) {
            throw new InvalidFieldException("retry.give-up-after", "is %s; it must be positive".formatted(giveUpAfter));
        }
    }

    /** The same where people wait: what they are asked may end within minutes, so that no wait is longer than one minute, or the first one. */
    public Backoff forPeople() {
        Duration most = first.compareTo(LONGEST_FOR_PEOPLE) > 0 ? first : LONGEST_FOR_PEOPLE;
        return longest.compareTo(most) > 0 ? new Backoff(first, most, giveUpAfter) : this;
    }

    /**
     * The wait after this many failed tries: half of it fixed, half of it spread.
     *
     * @param failures at least 1
     * @param jitter from 0 (soonest) to 1 (latest); of the caller's choice, so that the same arguments give the same wait
     */
    public Duration after(int failures, double jitter) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures is %d; it must be at least 1".formatted(failures));
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter is %s; it must be 0 to 1".formatted(jitter));
        }
        double doubled = (double) first.toMillis() * Math.pow(2, Math.min(failures - 1, 62));
        double whole = Math.min(doubled, (double) longest.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(whole / 2 + whole / 2 * jitter)));
    }
}
