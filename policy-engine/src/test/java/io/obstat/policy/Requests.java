package io.obstat.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for tests. */
public final class Requests {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final AgentId AGENT = new AgentId("etl-agent");

    private Requests() {}

    /** @param parameters a JSON object */
    public static ActionRequested of(String type, String resource, String environment, String parameters) {
        return of(
                type,
                resource,
                environment,
                parameters,
                new Person("dana", "dana@example.com"),
                "quarterly churn analysis");
    }

    public static ActionRequested of(
            String type,
            String resource,
            String environment,
            String parameters,
            @Nullable Person onBehalfOf,
            String intent) {
        var action = new Action(new ActionType(type), resource, environment, parameters(parameters));
        return new ActionRequested(
                ActionId.derive(AGENT, type + resource + environment + parameters),
                ActionDigest.of(AGENT, onBehalfOf, action),
                action,
                new Verified(
                        AGENT, new Person("owner", null), onBehalfOf, Verified.Method.OIDC, "https://issuer.example"),
                new Claimed(intent, null, null, List.of(), null),
                NOW,
                null);
    }

    /** An export of customers that the rules of most tests are about. */
    public static ActionRequested export() {
        return of(
                "data.export",
                "postgres://prod/customers",
                "production",
                "{\"rows\":48210,\"where\":\"country = 'DE'\"}");
    }

    public static Envelope<ActionRequested> event(ActionRequested request) {
        return new Envelope<>(
                EventId.derive(EventType.ACTION_REQUESTED.wireName(), request.key()),
                ServiceName.REQUEST_INTAKE,
                request.requestedAt(),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                request);
    }

    private static Parameters parameters(String json) {
        try {
            return Parameters.of(Json.strict().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
