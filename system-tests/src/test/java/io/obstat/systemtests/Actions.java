package io.obstat.systemtests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** What agents and people do, by the public API. */
final class Actions {

    /** Long enough for a machine that stands still for a while, and for the consumers that were taken for dead meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Road road;

    Actions(Road road) {
        this.road = road;
    }

    /** A request that was accepted. */
    record Asked(String id, String digest) {}

    /** Needs one person of data-governance. Each is another action: two that are the same and wait at once would be one. */
    static ObjectNode export() {
        return export("customers-" + UUID.randomUUID() + ".csv");
    }

    /** The same one for the same file. */
    static ObjectNode export(String file) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "data.export")
                .put("resource", "postgres://prod/customers")
                .put("environment", "production");
        body.putObject("parameters")
                .put("format", "csv")
                .put("where", "country = 'DE'")
                .put("rows", 48210)
                .put("file", file);
        return body.put("intent", "quarterly churn analysis");
    }

    /** Needs nobody. */
    static ObjectNode query() {
        return Garbage.good();
    }

    /** Is denied by policy. */
    static ObjectNode deletion() {
        ObjectNode body = export("customers.csv");
        return body.put("type", "data.delete");
    }

    Asked ask(String agent, String key, JsonNode body) {
        Answer answer = askUntilAnswered(agent, key, body).require(202);
        return new Asked(answer.text("/id"), answer.text("/digest"));
    }

    /** What an agent does: 503 says that it may not have been taken, and the same key may ask again. */
    Answer askUntilAnswered(String agent, String key, JsonNode body) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> tryToAsk(agent, key, body), answer -> answer.status() != 503);
    }

    Answer tryToAsk(String agent, String key, JsonNode body) {
        return road.call(agent, "POST", at("intake", "/v1/actions"), Map.of("Idempotency-Key", key), body);
    }

    /** Returns as soon as decision-service knows the request, and has a page for it. */
    void awaitApproval(Asked asked) {
        URI approval = at("decisions", "/v1/approvals/" + asked.id());
        until(200, () -> road.call("reviewer", "GET", approval, Map.of(), null));
    }

    /** Approves as soon as it can be approved. */
    void approve(String person, Asked asked) {
        // One key for all tries: when one was recorded and its answer lost, the next gets that answer, and not that it
        // is one too many.
        Map<String, String> headers =
                Map.of("Idempotency-Key", UUID.randomUUID().toString());
        until(201, () -> tryToApprove(person, asked, headers));
    }

    Answer tryToApprove(String person, Asked asked) {
        return tryToApprove(person, asked, Map.of());
    }

    private Answer tryToApprove(String person, Asked asked, Map<String, String> headers) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("verb", "approve").put("digest", asked.digest());
        return road.call(
                person, "POST", at("decisions", "/v1/approvals/%s/reviews".formatted(asked.id())), headers, body);
    }

    /** The decision, or 202 when there is none after 20 s. */
    Answer decision(String agent, Asked asked) {
        return road.call(
                agent, "GET", at("decisions", "/v1/decisions/%s?wait=20".formatted(asked.id())), Map.of(), null);
    }

    Answer redeem(String agent, String grant, String digest) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("grant", grant).put("digest", digest);
        return road.call(agent, "POST", at("decisions", "/v1/grants/redeem"), Map.of(), body);
    }

    Answer report(String agent, String grantId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("result", "succeeded");
        return road.call(agent, "POST", at("decisions", "/v1/grants/%s/execution".formatted(grantId)), Map.of(), body);
    }

    /** Calls until it is answered so; an answer that was lost is none. */
    private static void until(int status, Supplier<Answer> call) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> call.get().status() == status);
    }

    private URI at(String service, String path) {
        return road.address(service).resolve(path);
    }
}
