package io.obstat.decision;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.Decision.DecidedBy;
import java.time.Instant;
import java.util.List;

/**
 * How an action ends, before it is signed.
 *
 * @param reason a sentence that a model can act on; 1 to 2,000 characters
 * @param reviews the reviews that counted; at most 20
 */
public record Ruling(Outcome outcome, DecidedBy decidedBy, String reason, List<Review> reviews, Instant decidedAt) {

    public Ruling {
        reviews = List.copyOf(reviews);
    }
}
