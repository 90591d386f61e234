package io.obstat.contracts;

import java.time.Instant;

/**
 * Leave to do one action, once.
 *
 * @param id the token's {@code jti}
 * @param token the JWT (EdDSA, {@code typ: obstat-grant+jwt}); 1 to 4,096 characters
 * @param expiresAt after this moment it cannot be redeemed
 */
public record Grant(GrantId id, String token, Instant expiresAt) {

    public Grant {
        Required.present("id", id);
        Required.text("token", token, 4_096);
        Required.present("expiresAt", expiresAt);
    }
}
