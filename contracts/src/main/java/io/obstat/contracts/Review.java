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
 * @param verb what they said
 * @param reason why, in their words, or the question that they ask; at most 1,000 characters. Some verbs need one
 * @param parameters the inputs as they should be; present exactly when the verb is {@code edit}
 * @param submittedAt when they said it
 */
public record Review(
        ReviewId id,
        ActionDigest digest,
        Reviewer reviewer,
        Verb verb,
        @Nullable String reason,
        @Nullable Parameters parameters,
        Instant submittedAt) {

    public static final int LONGEST_REASON = 1_000;

    /** What a reviewer can say. */
    public enum Verb {
        /** It may run. */
        @JsonProperty("approve")
        APPROVE(false),
        /** It must not run. */
        @JsonProperty("reject")
        REJECT(true),
        /** The next group that policy names should be asked as well, now. */
        @JsonProperty("escalate")
        ESCALATE(false),
        /** I am looking at it. Keeps nobody else from deciding. */
        @JsonProperty("claim")
        CLAIM(false),
        /** I am no longer looking at it. */
        @JsonProperty("release")
        RELEASE(false),
        /** A question to the agent. */
        @JsonProperty("ask")
        ASK(true),
        /** It should run with other inputs. Whoever says so is a co-author and cannot approve. */
        @JsonProperty("edit")
        EDIT(true),
        /** An emergency: it may run at once, and others look at it afterwards. */
        @JsonProperty("break-glass")
        BREAK_GLASS(true),
        /** I have looked at what was allowed in an emergency. */
        @JsonProperty("sign")
        SIGN(false),
        /** What was allowed must not run after all. */
        @JsonProperty("revoke")
        REVOKE(true);

        private final boolean needsReason;

        Verb(boolean needsReason) {
            this.needsReason = needsReason;
        }

        /** Whether it is worth nothing without a reason, whatever policy says. */
        public boolean needsReason() {
            return needsReason;
        }
    }

    public Review {
        Required.present("id", id);
        Required.present("digest", digest);
        Required.present("reviewer", reviewer);
        Required.present("verb", verb);
        if (verb.needsReason()) {
            Required.text("reason", reason, LONGEST_REASON);
        }
        Required.optionalText("reason", reason, LONGEST_REASON);
        if ((verb == Verb.EDIT) != (parameters != null)) {
            throw new InvalidFieldException(
                    "parameters", "must be present exactly when the verb is edit, which is " + verb);
        }
        Required.present("submittedAt", submittedAt);
    }

    /** A review that edits nothing. */
    public Review(
            ReviewId id,
            ActionDigest digest,
            Reviewer reviewer,
            Verb verb,
            @Nullable String reason,
            Instant submittedAt) {
        this(id, digest, reviewer, verb, reason, null, submittedAt);
    }
}
