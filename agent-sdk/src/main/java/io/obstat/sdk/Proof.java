package io.obstat.sdk;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Holds a decision against what decision-service signed. A decision that came over Kafka, or through a proxy, is only as good as its statement
 * and its grant: both must be signed, and both must speak of the same action, digest, agent and outcome. The
 * statement also covers what the agent is told, since that is what a model acts on.
 */
public final class Proof {

    private static final String AUDIENCE = "obstat";

    private final Seals seals;
    private final AgentId agent;
    private final String issuer;

    /**
     * Proofs for one agent.
     *
     * @param issuer the {@code iss} that decision-service signs under
     */
    public Proof(Seals seals, AgentId agent, String issuer) {
        this.seals = seals;
        this.agent = agent;
        this.issuer = issuer;
    }

    /**
     * The decision itself, when everything signed agrees with it.
     *
     * @throws UntrustedException naming what does not
     * @throws UnreachableException when the keys cannot be had
     */
    public Decision require(Decision decision) throws InterruptedException {
        Seals.Statement statement = seals.statement(decision.statement());
        Grant grant = decision.grant();
        same("statement iss", issuer, statement.issuer());
        same("statement sub", agent.value(), statement.subject());
        same("agent", agent.value(), decision.agent().value());
        same("statement action_id", decision.actionId().value(), statement.actionId());
        same("statement action_digest", decision.digest().value(), statement.actionDigest());
        same("statement outcome", Json.tree(decision.outcome()).asText(), statement.outcome());
        same("statement told", decision.told().digest(), statement.told());
        same("statement jti", grant == null ? null : grant.id().value(), statement.jti());
        if (grant != null) {
            require(decision, grant, seals.grant(grant.token()));
        }
        return decision;
    }

    /** Whether the decision is on an action of this agent. */
    public boolean concerns(Decision decision) {
        return decision.agent().equals(agent);
    }

    private void require(Decision decision, Grant grant, Seals.GrantClaims claims) {
        same("grant iss", issuer, claims.issuer());
        same("grant sub", agent.value(), claims.subject());
        same("grant jti", grant.id().value(), claims.jti());
        same("grant action_id", decision.actionId().value(), claims.actionId());
        same("grant action_digest", decision.digest().value(), claims.actionDigest());
        if (!claims.audience().contains(AUDIENCE)) {
            throw new UntrustedException("The grant's aud is %s, not %s".formatted(claims.audience(), AUDIENCE));
        }
        if (claims.expiresAt() == null) {
            throw new UntrustedException("The grant has no exp");
        }
        // SPEC: RFC 7519 §2, NumericDate: the token has whole seconds.
        if (claims.expiresAt().getEpochSecond() != grant.expiresAt().getEpochSecond()) {
            throw new UntrustedException(
                    "The grant expires at %s, the decision says %s".formatted(claims.expiresAt(), grant.expiresAt()));
        }
    }

    private static void same(String what, @Nullable String expected, @Nullable String actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            throw new UntrustedException(
                    "The decision's %s is %s, expected %s".formatted(what, Quoted.of(actual), Quoted.of(expected)));
        }
    }
}
