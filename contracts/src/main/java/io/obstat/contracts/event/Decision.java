package io.obstat.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one terminal decision on an action.
 *
 * @param decidedBy who or what decided
 * @param asked whether people were asked, or told that they would be; when not, nobody but the agent waits for it
 * @param reason a sentence that a model can act on; 1 to 2,000 characters
 * @param saferAlternative what the agent may do instead, when policy names something; at most 500 characters
 * @param retryNotBefore until when the agent should not ask for the like again, when policy says so
 * @param reviews the reviews that counted
 * @param parameters the inputs as a reviewer changed them, when that is what was decided on; the agent runs these or nothing
 * @param supersededBy the action whose decision is the one to wait for; present exactly when {@code outcome} is
 *     {@link Outcome#SUPERSEDED}
 * @param policySet digest of the policy set that gave the verdict
 * @param grant leave to run; present exactly when {@code outcome} is {@link Outcome#ALLOWED}
 * @param statement a compact JWS (EdDSA, {@code typ: obstat-decision+jwt}) by decision-service; 1 to 8,192 characters. Its claims
 *     {@code iss, sub, iat, action_id, action_digest, outcome, told, jti?} let a reader of the topic check who decided and what the agent is
 *     told: {@code told} is the digest of {@link #told()}.
 */
public record Decision(
        ActionId actionId,
        ActionDigest digest,
        AgentId agent,
        Outcome outcome,
        DecidedBy decidedBy,
        boolean asked,
        String reason,
        @Nullable String saferAlternative,
        @Nullable Instant retryNotBefore,
        List<Review> reviews,
        @Nullable Parameters parameters,
        @Nullable ActionId supersededBy,
        String policySet,
        Instant decidedAt,
        @Nullable Grant grant,
        String statement)
        implements ActionEvent {

    /** Who or what brought the decision about. */
    public enum DecidedBy {
        @JsonProperty("policy")
        POLICY,
        @JsonProperty("people")
        PEOPLE,
        @JsonProperty("time")
        TIME,
        @JsonProperty("agent")
        AGENT,
        /** One person, in an emergency; others look at it afterwards. */
        @JsonProperty("break-glass")
        BREAK_GLASS
    }

    public Decision {
        Required.present("actionId", actionId);
        Required.present("digest", digest);
        Required.present("agent", agent);
        Required.present("outcome", outcome);
        Required.present("decidedBy", decidedBy);
        Required.text("reason", reason, 2_000);
        Required.optionalText("saferAlternative", saferAlternative, 500);
        reviews = Required.list("reviews", reviews, 20);
        Required.text("policySet", policySet, 100);
        Required.present("decidedAt", decidedAt);
        Required.text("statement", statement, 8_192);
        if ((outcome == Outcome.SUPERSEDED) != (supersededBy != null)) {
            throw new InvalidFieldException(
                    "supersededBy", "must be present exactly when the outcome is superseded, which is " + outcome);
        }
        // INVARIANT: NothingRunsWithoutGrant. A grant says allowed, and allowed comes with a grant.
        if ((outcome == Outcome.ALLOWED) != (grant != null)) {
            throw new InvalidFieldException(
                    "grant", "must be present exactly when the outcome is allowed, which is " + outcome);
        }
    }

    /** What the agent is told, as the statement signs it. Not on the wire: it is what the wire says anyway. */
    @JsonIgnore
    public Told told() {
        return new Told(decidedBy, reason, saferAlternative, retryNotBefore, decidedAt);
    }
}
