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
        ALREADY_DECIDED,
        /** The reviewer has edited the action, and is its co-author. */
        @JsonProperty("co-author")
        CO_AUTHOR,
        /** Policy wants the reviewer to be identified in a better way. */
        @JsonProperty("assurance-too-low")
        ASSURANCE_TOO_LOW,
        /** Policy wants a reason, and none was given. */
        @JsonProperty("reason-missing")
        REASON_MISSING,
        /** The action was edited, and policy has not spoken on it yet. */
        @JsonProperty("awaits-policy")
        AWAITS_POLICY,
        /** There is nothing to do it to: nobody else to escalate to, nothing claimed, no grant to revoke, nothing to sign. */
        @JsonProperty("not-applicable")
        NOT_APPLICABLE,
        /** The reviewer is the one who allowed it in an emergency, and others have to sign. */
        @JsonProperty("own-emergency")
        OWN_EMERGENCY,
        /** The reviewer has broken the glass before, and that is overdue to be signed. */
        @JsonProperty("overdue")
        OVERDUE
    }

    public ReviewRefused {
        Required.present("actionId", actionId);
        Required.present("review", review);
        Required.present("cause", cause);
        Required.text("explanation", explanation, 500);
        Required.present("refusedAt", refusedAt);
    }
}
