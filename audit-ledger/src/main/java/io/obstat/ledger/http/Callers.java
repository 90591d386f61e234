package io.obstat.ledger.http;

import io.obstat.ledger.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads the caller from the token that quarkus-oidc has verified. */
public final class Callers {
    private Callers() {}

    /**
     * A token with {@code act} (RFC 8693) or the group {@code agents} is an agent's, whatever else it says.
     *
     * @throws Problem 401 when there is no token, or it names nobody
     */
    public static Caller of(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token) || token.getSubject() == null) {
            throw Problem.unauthorized();
        }
        Object act = token.getClaim("act");
        if (act != null) {
            String actor = subject(act);
            if (actor == null) {
                throw Problem.unauthorized();
            }
            return new Caller.Agent(actor);
        }
        return identity.getRoles().contains(Caller.AGENTS)
                ? new Caller.Agent(token.getSubject())
                : new Caller.Human(token.getSubject(), identity.getRoles());
    }

    private static @Nullable String subject(Object act) {
        if (act instanceof JsonObject object) {
            JsonValue subject = object.get("sub");
            return subject instanceof JsonString text ? text.getString() : null;
        }
        return act instanceof Map<?, ?> map && map.get("sub") instanceof String text ? text : null;
    }
}
