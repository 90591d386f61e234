package io.obstat.decision.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Traceparent;
import io.obstat.contracts.json.Json;
import io.obstat.decision.jose.KeyProofs;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.oidc.Callers;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of a request, checked. */
@ApplicationScoped
class Requests {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LONGEST_KEY = 255;
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final SecurityIdentity identity;
    private final Callers callers;
    private final Clock clock;

    Requests(SecurityIdentity identity, Callers callers, Clock clock) {
        this.identity = identity;
        this.callers = callers;
        this.clock = clock;
    }

    Caller caller() {
        return callers.of(identity);
    }

    /** @throws ForbiddenException when the caller is an agent */
    Caller.Human person() {
        return switch (caller()) {
            case Caller.Human human -> human;
            case Caller.Agent agent ->
                throw new ForbiddenException(
                        "%s is an agent, and this is for people. An agent reads its decision at /v1/decisions/{actionId}."
                                .formatted(agent.agent()));
        };
    }

    /** For how long the caller's token is good from now on; positive. */
    Duration tokenLeft() {
        return callers.tokenLeft(identity, clock.instant());
    }

    /** @throws ForbiddenException when the caller is a person */
    AgentId agent() {
        return switch (caller()) {
            case Caller.Agent agent -> agent.agent();
            case Caller.Human human ->
                throw new ForbiddenException(
                        "This is for agents, and the token is a person's. People find approvals at /v1/approvals.");
        };
    }

    /** The access token of the call, with the key that it is bound to (SPEC: RFC 9449 §6.1), if it is. */
    KeyProofs.AccessToken accessToken() {
        return callers.accessToken(identity);
    }

    /** An address of this service, as others know it. */
    static String address(URI issuer, String path) {
        String base = issuer.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    /** @throws InvalidRequestException when it has not the form */
    static ActionId actionId(String value) {
        return parsed("actionId", value, ActionId::new);
    }

    /** @throws InvalidRequestException when it has not the form */
    static GrantId grantId(String value) {
        return parsed("grantId", value, GrantId::new);
    }

    /** @throws InvalidRequestException when it has not the form */
    static AgentId agentId(String value) {
        return agentId("agentId", value);
    }

    /** @throws InvalidRequestException when it has not the form */
    static AgentId agentId(String name, String value) {
        return parsed(name, value, AgentId::new);
    }

    /** @throws InvalidRequestException when it has not the form */
    static ReviewId reviewId(String name, String value) {
        return parsed(name, value, ReviewId::new);
    }

    /**
     * @throws io.obstat.contracts.json.MalformedJsonException when the body is no such thing
     * @throws WebApplicationException when it is larger than 64 KiB; only SCIM takes more
     */
    static <T> T body(byte @Nullable [] json, Class<T> type) {
        if (json != null && json.length > LARGEST_BODY) {
            throw new WebApplicationException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        return Json.readStrict(json == null ? new byte[0] : json, type);
    }

    /** The trace context of the caller; one that does not fit the form is left out. */
    static @Nullable String traceparent(HttpHeaders headers) {
        return Traceparent.orNull(headers.getHeaderString("traceparent"));
    }

    /** @throws InvalidRequestException when it is blank or too long */
    static @Nullable String idempotencyKey(HttpHeaders headers) {
        String value = headers.getHeaderString(IDEMPOTENCY_KEY);
        if (value != null && (value.isBlank() || value.length() > LONGEST_KEY)) {
            throw new InvalidRequestException(
                    IDEMPOTENCY_KEY, "must be 1 to %d characters, and not blank".formatted(LONGEST_KEY));
        }
        return value;
    }

    /** @throws InvalidRequestException when it is no number within the bounds */
    static int number(String name, @Nullable String value, int absent, int least, int most) {
        if (value == null) {
            return absent;
        }
        int number = parsed(name, value, Integer::parseInt);
        if (number < least || number > most) {
            throw new InvalidRequestException(name, "is %d; it must be %d to %d".formatted(number, least, most));
        }
        return number;
    }

    private static <T> T parsed(String name, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(
                    name, "must be a whole number, got " + io.obstat.contracts.Quoted.of(value));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(name, "is not acceptable: " + e.getMessage());
        }
    }
}
