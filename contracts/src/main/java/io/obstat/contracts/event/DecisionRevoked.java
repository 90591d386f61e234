package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was allowed must not run after all. The grant was unused, and is void.
 *
 * @param asked whether people had been asked, as the decision says
 * @param review of the person who revoked it; absent when whoever held the grant gave it back (RFC 7009)
 * @param reason a sentence that a model can act on; 1 to 2,000 characters
 * @param statement a compact JWS (EdDSA, {@code typ: obstat-revocation+jwt}) by decision-service; 1 to 8,192 characters. Its claims are
 *     {@code iss, sub, iat, action_id, action_digest, jti}
 */
public record DecisionRevoked(
        ActionId actionId,
        GrantId grant,
        boolean asked,
        @Nullable Review review,
        String reason,
        Instant revokedAt,
        String statement)
        implements ActionEvent {

    public DecisionRevoked {
        Required.present("actionId", actionId);
        Required.present("grant", grant);
        Required.text("reason", reason, 2_000);
        Required.present("revokedAt", revokedAt);
        Required.text("statement", statement, 8_192);
    }
}
