package io.obstat.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Bearer tokens of the people whom the local issuer knows. */
public final class PersonTokens {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private PersonTokens() {}

    /**
     * A token for this person from the local issuer, good for an hour.
     *
     * @throws IllegalStateException when the issuer gives none
     */
    public static String of(URI issuer, String person) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/token"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=obstat-cli&client_secret=local&scope=openid&password=local&username="
                                + person + "&subject=" + person))
                .build();
        try {
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            String token = Json.readEvent(response.body(), JsonNode.class)
                    .path("access_token")
                    .asText();
            if (response.statusCode() != 200 || token.isEmpty()) {
                throw new IllegalStateException(
                        "The issuer gave no token for %s: %d".formatted(person, response.statusCode()));
            }
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The issuer at %s does not answer; see ./obstat status".formatted(issuer), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a token", e);
        }
    }
}
