package io.obstat.decision;

import java.time.Duration;

/**
 * For how long what was allowed is good.
 *
 * @param grantLifetime how long a grant can be redeemed; positive
 * @param reportWithin how long after that the agent has to say how the run went; positive
 */
public record Terms(Duration grantLifetime, Duration reportWithin) {

    /** @throws IllegalArgumentException when one is not positive */
    public Terms {
        positive("grantLifetime", grantLifetime);
        positive("reportWithin", reportWithin);
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("%s is %s; it must be positive".formatted(name, duration));
        }
    }
}
