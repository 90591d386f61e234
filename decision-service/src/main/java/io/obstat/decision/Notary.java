package io.obstat.decision;

import io.obstat.contracts.Grant;
import io.obstat.contracts.event.ActionRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Signs. The same arguments give the same signature, so that the core stays a function. Fails with an exception when it cannot sign; then
 * there is no decision, and the command is tried again.
 */
public interface Notary {

    /** Leave to do what was requested, once, until {@code expiresAt}. */
    Grant grant(ActionRequested request, Instant issuedAt, Instant expiresAt);

    /** The statement of a revocation: a compact JWS, as the contract {@code DecisionRevoked} describes it. */
    String revocation(ActionRequested request, Grant grant, Instant revokedAt);

    /** The statement of a decision: a compact JWS, as the contract {@code Decision} describes it. */
    String statement(ActionRequested request, Ruling ruling, @Nullable Grant grant);
}
