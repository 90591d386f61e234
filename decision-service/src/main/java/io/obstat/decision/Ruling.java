package io.obstat.decision;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Told;
import java.time.Instant;
import java.util.List;

/**
 * How an action ends, before it is signed.
 *
 * @param told what the agent is told: who decided, why and when
 * @param reviews the reviews that counted; at most 20
 */
public record Ruling(Outcome outcome, Told told, List<Review> reviews) {

    public Ruling {
        reviews = List.copyOf(reviews);
    }

    /** A ruling that names neither an alternative nor a time. */
    static Ruling of(Outcome outcome, DecidedBy decidedBy, String reason, List<Review> reviews, Instant decidedAt) {
        return new Ruling(outcome, new Told(decidedBy, reason, null, null, decidedAt), reviews);
    }
}
