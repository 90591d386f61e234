package io.obstat.decision.http;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.Decision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as people are shown it: a {@link Decision}, whose grant is without its token, which is the agent's alone.
 *
 * @param grant present exactly when the outcome is allowed
 */
record DecisionBody(
        ActionId actionId,
        ActionDigest digest,
        AgentId agent,
        Outcome outcome,
        Decision.DecidedBy decidedBy,
        boolean asked,
        String reason,
        @Nullable String saferAlternative,
        @Nullable Instant retryNotBefore,
        List<Review> reviews,
        @Nullable Parameters parameters,
        @Nullable ActionId supersededBy,
        String policySet,
        Instant decidedAt,
        @Nullable GrantBody grant,
        String statement) {

    /** @param expiresAt after this moment it cannot be redeemed */
    record GrantBody(GrantId id, Instant expiresAt) {}

    static DecisionBody of(Decision decision) {
        Grant grant = decision.grant();
        return new DecisionBody(
                decision.actionId(),
                decision.digest(),
                decision.agent(),
                decision.outcome(),
                decision.decidedBy(),
                decision.asked(),
                decision.reason(),
                decision.saferAlternative(),
                decision.retryNotBefore(),
                decision.reviews(),
                decision.parameters(),
                decision.supersededBy(),
                decision.policySet(),
                decision.decidedAt(),
                grant == null ? null : new GrantBody(grant.id(), grant.expiresAt()),
                decision.statement());
    }
}
