package io.obstat.decision.oidc;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.jose.KeyProofs;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads the caller out of a token that quarkus-oidc has checked (signature, issuer, audience, expiry). */
@ApplicationScoped
public class Callers {

    /** The group that every agent's token carries. */
    static final String AGENTS = "agents";

    private static final int LONGEST_GROUP = 100;
    private static final int LONGEST_EMAIL = 254;

    /**
     * Who this is. A token with an actor (SPEC: RFC 8693 §4.1) or in the group {@code agents} is an agent's, whatever else it says.
     *
     * @throws AuthenticationFailedException when the token does not say who, naming the claim
     */
    public Caller of(SecurityIdentity identity) {
        JsonWebToken token = token(identity);
        Identification identifiedBy = identity.getCredential(IdTokenCredential.class) == null
                ? Identification.BEARER_TOKEN
                : Identification.OIDC_SESSION;
        String actor = actor(token);
        String subject = token.getSubject();
        if (actor != null) {
            return agent(actor, identifiedBy, token);
        }
        if (subject == null || subject.isBlank()) {
            throw new AuthenticationFailedException(
                    "The token has no sub; ask the issuer for one that says who you are");
        }
        List<String> groups = token.getGroups() == null
                ? List.of()
                : token.getGroups().stream().filter(Callers::usable).sorted().toList();
        if (groups.contains(AGENTS)) {
            return agent(subject, identifiedBy, token);
        }
        return new Caller.Human(person(subject, token), groups, identifiedBy, token.getIssuer());
    }

    /**
     * For how long the token is good after {@code now}: at least a millisecond, also when it has just expired or says nothing of it.
     *
     * @throws AuthenticationFailedException when there is no token
     */
    public Duration tokenLeft(SecurityIdentity identity, Instant now) {
        Duration left =
                Duration.between(now, Instant.ofEpochSecond(token(identity).getExpirationTime()));
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static JsonWebToken token(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            return token;
        }
        throw new AuthenticationFailedException("There is no token; sign in, or send a bearer token");
    }

    /** The token itself, with the key that it is bound to (SPEC: RFC 9449 §6.1), if it is. */
    public KeyProofs.AccessToken accessToken(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new AuthenticationFailedException("There is no token; sign in, or send a bearer token");
        }
        return KeyProofs.AccessToken.of(token.getRawToken());
    }

    private static Caller agent(String id, Identification identifiedBy, JsonWebToken token) {
        try {
            return new Caller.Agent(new AgentId(id), identifiedBy, token.getIssuer());
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailedException("The token names no agent id: " + e.getMessage(), e);
        }
    }

    private static Person person(String subject, JsonWebToken token) {
        String email = token.getClaim("email") instanceof String text && text.length() <= LONGEST_EMAIL ? text : null;
        try {
            return new Person(subject, email);
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailedException("The token names no person: " + e.getMessage(), e);
        }
    }

    private static @Nullable String actor(JsonWebToken token) {
        Object claim = token.getClaim("act");
        if (claim == null) {
            return null;
        }
        if (claim instanceof JsonObject act && act.get("sub") instanceof JsonString sub) {
            return sub.getString();
        }
        throw new AuthenticationFailedException("The token's act is %s; it must be an object with a sub (RFC 8693 §4.1)"
                .formatted(Quoted.of(claim.toString())));
    }

    private static boolean usable(String group) {
        return !group.isBlank() && group.length() <= LONGEST_GROUP;
    }
}
