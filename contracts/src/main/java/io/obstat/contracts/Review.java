package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one person said about one action.
 *
 * @param id recognises a repeat
 * @param digest of the action as they saw it; a review of another digest does not count
 * @param reviewer who
 * @param verb approve or reject
 * @param reason why, in their words; at most 1,000 characters; required to reject
 * @param submittedAt when they said it
 */
public record Review(
        ReviewId id,
        ActionDigest digest,
        Reviewer reviewer,
        Verb verb,
        @Nullable String reason,
        Instant submittedAt) {

    public static final int LONGEST_REASON = 1_000;

    /** What a reviewer can say. */
    public enum Verb {
        @JsonProperty("approve")
        APPROVE,
        @JsonProperty("reject")
        REJECT
    }

    public Review {
        Required.present("id", id);
        Required.present("digest", digest);
        Required.present("reviewer", reviewer);
        Required.present("verb", verb);
        Required.optionalText("reason", reason, LONGEST_REASON);
        if (verb == Verb.REJECT) {
            Required.text("reason", reason, LONGEST_REASON);
        }
        Required.present("submittedAt", submittedAt);
    }
}
