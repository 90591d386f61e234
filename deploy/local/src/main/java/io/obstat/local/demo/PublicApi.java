package io.obstat.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The public HTTP API as a person uses it, with that person's bearer token. */
final class PublicApi {

    /** @param body empty object when the answer has none */
    record Answer(int status, JsonNode body) {

        /** The sentence of a problem (RFC 9457), or the whole answer. */
        String detail() {
            return body.path("detail").asText(body.toString());
        }

        String cause() {
            return body.path("cause").asText();
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI decisions;
    private final URI ledger;

    PublicApi(URI decisions, URI ledger) {
        this.decisions = decisions;
        this.ledger = ledger;
    }

    Answer approve(ActionId action, ActionDigest digest, String reason, String token)
            throws IOException, InterruptedException {
        byte[] body = Json.write(Map.of("verb", "approve", "digest", digest.value(), "reason", reason));
        return send(request(decisions.resolve("/v1/approvals/" + action + "/reviews"), token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer approval(ActionId action, String token) throws IOException, InterruptedException {
        return send(request(decisions.resolve("/v1/approvals/" + action), token).GET());
    }

    Answer redeem(String grant, ActionDigest digest, String token) throws IOException, InterruptedException {
        byte[] body = Json.write(Map.of("grant", grant, "digest", digest.value()));
        return send(request(decisions.resolve("/v1/grants/redeem"), token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer timeline(ActionId action, String token) throws IOException, InterruptedException {
        return send(
                request(ledger.resolve("/v1/ledger/actions/" + action), token).GET());
    }

    private static HttpRequest.Builder request(URI uri, String token) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        byte[] body = response.body().length == 0 ? new byte[] {'{', '}'} : response.body();
        return new Answer(response.statusCode(), Json.readEvent(body, JsonNode.class));
    }
}
