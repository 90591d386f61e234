package io.obstat.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * A real grant was presented and refused.
 *
 * @param presentedBy who presented it, as authentication knows them; 1 to 255 characters
 * @param presented the digest of what was about to run
 * @param explanation what the presenter was told; 1 to 500 characters
 */
public record GrantMisused(
        ActionId actionId,
        GrantId grant,
        String presentedBy,
        ActionDigest presented,
        Cause cause,
        String explanation,
        Instant refusedAt)
        implements ActionEvent {

    /** Why a grant is refused. */
    public enum Cause {
        @JsonProperty("already-redeemed")
        ALREADY_REDEEMED,
        @JsonProperty("digest-differs")
        DIGEST_DIFFERS,
        @JsonProperty("expired")
        EXPIRED,
        @JsonProperty("foreign-agent")
        FOREIGN_AGENT,
        /** The grant is bound to a key of the agent, and whoever presented it did not prove to hold it (RFC 9449). */
        @JsonProperty("foreign-key")
        FOREIGN_KEY,
        @JsonProperty("revoked")
        REVOKED,
        /** Another policy set has come into force since policy spoke. */
        @JsonProperty("policy-changed")
        POLICY_CHANGED,
        /** Of those who approved, too many may no longer. */
        @JsonProperty("approvers-changed")
        APPROVERS_CHANGED,
        @JsonProperty("agent-suspended")
        AGENT_SUSPENDED
    }

    public GrantMisused {
        Required.present("actionId", actionId);
        Required.present("grant", grant);
        Required.text("presentedBy", presentedBy, 255);
        Required.present("presented", presented);
        Required.present("cause", cause);
        Required.text("explanation", explanation, 500);
        Required.present("refusedAt", refusedAt);
    }
}
