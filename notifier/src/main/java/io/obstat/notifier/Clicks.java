package io.obstat.notifier;

import io.obstat.contracts.ReviewId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where people clicked, so that they can be answered there. Kept for a day. */
public interface Clicks {

    /**
     * Remembers it.
     *
     * @param place in the chat's own words; 1 to 2,000 characters
     */
    CompletionStage<Void> note(ReviewId review, String place, Instant at);

    /** Where this review was submitted; empty when that is not known, or known no more. */
    CompletionStage<Optional<String>> place(ReviewId review);
}
