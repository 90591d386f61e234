package io.obstat.decision.road;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Bearer tokens of the test's issuer. */
public final class Tokens {

    private static final int GOOD_FOR_SECONDS = 600;
    private static final String AUDIENCE = "obstat";

    private final Issuer issuer;

    Tokens(Issuer issuer) {
        this.issuer = issuer;
    }

    public String person(String subject, String... groups) {
        return token(
                AUDIENCE,
                subject,
                GOOD_FOR_SECONDS,
                Map.of("email", subject + "@example.com", "groups", List.of(groups)));
    }

    /** Of an issuer that lets people say which address is theirs. */
    String personWithAddress(String subject, String email, String... groups) {
        return token(AUDIENCE, subject, GOOD_FOR_SECONDS, Map.of("email", email, "groups", List.of(groups)));
    }

    String personFor(Duration left, String subject, String... groups) {
        return token(AUDIENCE, subject, left.toSeconds(), Map.of("groups", List.of(groups)));
    }

    /** The ID token of a person who signs in to the inbox. */
    public String idToken(String subject, String... groups) {
        return token(
                "obstat-inbox",
                subject,
                GOOD_FOR_SECONDS,
                Map.of("email", subject + "@example.com", "groups", List.of(groups)));
    }

    String agent(String id) {
        return token(AUDIENCE, id, GOOD_FOR_SECONDS, Map.of("groups", List.of("agents")));
    }

    /** A token that is bound to a key. SPEC: RFC 9449 §6.1. */
    String agentWithKey(String id, String thumbprint) {
        return token(
                AUDIENCE, id, GOOD_FOR_SECONDS, Map.of("groups", List.of("agents"), "cnf", Map.of("jkt", thumbprint)));
    }

    /** SPEC: RFC 8693 §4.1. */
    String agentFor(String person, String agent, String... groups) {
        return token(
                AUDIENCE,
                person,
                GOOD_FOR_SECONDS,
                Map.of("email", person + "@example.com", "groups", List.of(groups), "act", Map.of("sub", agent)));
    }

    String expired() {
        return token(AUDIENCE, "etl-agent", -GOOD_FOR_SECONDS, Map.of("groups", List.of("agents")));
    }

    String forSomebodyElse() {
        return token("another-service", "etl-agent", GOOD_FOR_SECONDS, Map.of("groups", List.of("agents")));
    }

    private String token(String audience, String subject, long seconds, Map<String, Object> claims) {
        Instant now = Instant.now();
        var all = new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now.minusSeconds(GOOD_FOR_SECONDS)))
                .expirationTime(Date.from(now.plusSeconds(seconds)));
        claims.forEach(all::claim);
        return issuer.sign(all.build());
    }
}
