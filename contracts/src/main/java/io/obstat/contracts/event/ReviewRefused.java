package io.obstat.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;

/**
 * A review that does not count, kept on record.
 *
 * @param explanation what the person was told; 1 to 500 characters
 */
public record ReviewRefused(ActionId actionId, Review review, Cause cause, String explanation, Instant refusedAt)
        implements ActionEvent {

    /** Why a review does not count. */
    public enum Cause {
        /** The reviewer owns the agent. */
        @JsonProperty("own-agent")
        OWN_AGENT,
        /** The agent acts for the reviewer. */
        @JsonProperty("own-behalf")
        OWN_BEHALF,
        /** The reviewer is an agent. */
        @JsonProperty("not-a-person")
        NOT_A_PERSON,
        /** The reviewer is in none of the groups that are asked. */
        @JsonProperty("not-eligible")
        NOT_ELIGIBLE,
        /** The reviewer has approved already. */
        @JsonProperty("already-reviewed")
        ALREADY_REVIEWED,
        /** The reviewer saw another version of the action. */
        @JsonProperty("digest-differs")
        DIGEST_DIFFERS,
        /** The action is decided. */
        @JsonProperty("already-decided")
        ALREADY_DECIDED
    }

    public ReviewRefused {
        Required.present("actionId", actionId);
        Required.present("review", review);
        Required.present("cause", cause);
        Required.text("explanation", explanation, 500);
        Required.present("refusedAt", refusedAt);
    }
}
