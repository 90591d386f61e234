package io.obstat.sdk;

import java.time.Duration;
import java.time.Instant;

/**
 * Policy asked not to be asked for the same again for a while.
 *
 * @param notBefore from when asking makes sense again
 */
public record BackOff(Instant notBefore) {

    /** How long there still is to wait; zero when it is over. */
    public Duration remaining(Instant now) {
        return now.isBefore(notBefore) ? Duration.between(now, notBefore) : Duration.ZERO;
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(notBefore);
    }
}
