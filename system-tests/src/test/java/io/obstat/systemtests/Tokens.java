package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Bearer tokens of the issuer, kept as long as a run lasts. */
final class Tokens {

    private static final Set<String> AGENTS = Set.of("etl-agent", "ops-agent", "nightly-pipeline");

    private final HttpClient client;
    private final URI endpoint;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** @param issuer without a trailing slash */
    Tokens(HttpClient client, String issuer) {
        this.client = client;
        this.endpoint = URI.create(issuer + "/token");
    }

    /** @param who a person, an agent, or {@code <agent> for <person>} */
    String of(String who) {
        return tokens.computeIfAbsent(who, this::issue);
    }

    private String issue(String who) {
        String[] words = who.split(" for ", 2);
        if (!AGENTS.contains(words[0])) {
            return ask(Map.of(
                    "grant_type",
                    "password",
                    "username",
                    who,
                    "password",
                    "-",
                    "client_id",
                    "obstat-inbox",
                    "scope",
                    "openid"));
        }
        String scope = words.length == 2 ? "on-behalf-of:" + words[1] : "obstat";
        return ask(Map.of(
                "grant_type", "client_credentials", "client_id", words[0], "client_secret", "-", "scope", scope));
    }

    private String ask(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            JsonNode json = Json.events().readTree(answer.body());
            if (answer.statusCode() != 200 || !json.path("access_token").isTextual()) {
                throw new AssertionError("No token for %s: %d %s".formatted(form, answer.statusCode(), json));
            }
            return json.path("access_token").textValue();
        } catch (IOException e) {
            throw new AssertionError("No token for " + form, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
