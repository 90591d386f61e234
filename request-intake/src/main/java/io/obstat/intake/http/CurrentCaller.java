package io.obstat.intake.http;

import io.obstat.intake.Caller;
import io.obstat.intake.TokenClaims;
import io.obstat.intake.jose.KeyProofs;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Who sent the bearer token that quarkus-oidc has checked. */
@ApplicationScoped
class CurrentCaller {

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    Caller get() {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Caller.of(claims(token))
                : new Caller.Nobody("The call is not authenticated by a bearer token of the OIDC issuer; send one.");
    }

    /** The token itself, with the key that it is bound to (SPEC: RFC 9449 §6.1), if it is; of a caller without a token, an empty one. */
    KeyProofs.AccessToken accessToken() {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return new KeyProofs.AccessToken("", null);
        }
        return KeyProofs.AccessToken.of(token.getRawToken());
    }

    private static TokenClaims claims(JsonWebToken token) {
        String issuer = token.getIssuer();
        Set<String> groups = token.getGroups();
        return new TokenClaims(
                issuer == null ? "unknown" : issuer,
                token.getSubject(),
                text(token.getClaim("email")),
                groups == null ? Set.of() : groups,
                actor(token.getClaim("act")));
    }

    private static TokenClaims.@Nullable Actor actor(@Nullable Object act) {
        if (act == null) {
            return null;
        }
        return new TokenClaims.Actor(act instanceof JsonObject object ? text(object.get("sub")) : null);
    }

    private static @Nullable String text(@Nullable Object claim) {
        return switch (claim) {
            case String text -> text;
            case JsonString text -> text.getString();
            case null, default -> null;
        };
    }
}
