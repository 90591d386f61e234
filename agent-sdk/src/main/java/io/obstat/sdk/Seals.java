package io.obstat.sdk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of decision-service. What comes out was signed by it; whether it says what it should is for {@link Proof} to see. */
public interface Seals {

    /**
     * What the statement in a decision says.
     *
     * @throws UntrustedException when it is not signed by decision-service
     * @throws UnreachableException when the keys cannot be had
     */
    Statement statement(String compactJws) throws InterruptedException;

    /**
     * What a grant token says.
     *
     * @throws UntrustedException when it is not signed by decision-service
     * @throws UnreachableException when the keys cannot be had
     */
    GrantClaims grant(String jwt) throws InterruptedException;

    /** The claims of a decision's statement; {@code told} is the digest of what the agent is told, {@code jti} the grant's id, if there is one. */
    record Statement(
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String actionId,
            @Nullable String actionDigest,
            @Nullable String outcome,
            @Nullable String told,
            @Nullable String jti) {}

    /** The claims of a grant. */
    record GrantClaims(
            @Nullable String issuer,
            @Nullable String subject,
            List<String> audience,
            @Nullable String jti,
            @Nullable Instant expiresAt,
            @Nullable String actionId,
            @Nullable String actionDigest) {}
}
