package io.obstat.policy.cel;

import io.obstat.contracts.InvalidFieldException;
import java.time.Duration;

/**
 * How much work a verdict may be. Time is processor time of the evaluating thread, so that a busy machine or a garbage collection does not turn
 * an allowed action into one for people.
 *
 * @param iterations of all comprehensions of one condition together; 1 to 1,000,000
 * @param perRule for one condition; more than zero
 * @param perRequest for all conditions of the set together; what is not judged by then is undecided; more than zero
 */
public record Limits(int iterations, Duration perRule, Duration perRequest) {

    /** 10,000 iterations, 50 ms a condition, 250 ms a request. */
    public static final Limits STANDARD = new Limits(10_000, Duration.ofMillis(50), Duration.ofMillis(250));

    public Limits {
        if (iterations < 1 || iterations > 1_000_000) {
            throw new InvalidFieldException("iterations", "is %d; it must be 1 to 1000000".formatted(iterations));
        }
        requirePositive("perRule", perRule);
        requirePositive("perRequest", perRequest);
    }

    private static void requirePositive(String field, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidFieldException(field, "is %s; it must be more than zero".formatted(time));
        }
    }
}
