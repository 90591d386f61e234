package io.obstat.decision.simulation;

/**
 * Something that does not hold, and where.
 *
 * @param number of the case in which it was found, from 1
 * @param how to see it again
 */
public record Finding(String invariant, long number, String message, String how) {

    public String report() {
        return "%s does not hold: %s%n%s".formatted(invariant, message, how);
    }
}
