package io.obstat.sdk.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.sdk.RefusedException;
import io.obstat.sdk.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens by the OAuth 2.0 client credentials grant (RFC 6749 §4.4), kept until 30 seconds before they expire. The token endpoint is found by
 * OIDC discovery at the issuer, at first use.
 */
public final class ClientCredentials implements TokenSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration UNSTATED_LIFE = Duration.ofMinutes(1);

    private final URI issuer;
    private final String clientId;
    private final String secret;
    private final Map<String, String> parameters;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final InstantSource clock;

    private @Nullable URI endpoint;
    private @Nullable Token current;

    private record Token(String value, Instant goodUntil) {}

    private ClientCredentials(
            URI issuer, String clientId, String secret, Map<String, String> parameters, InstantSource clock) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.secret = secret;
        this.parameters = parameters;
        this.clock = clock;
    }

    /** For the client of this id at this OIDC issuer. */
    public static ClientCredentials of(URI issuer, String clientId, String secret) {
        return new ClientCredentials(
                issuer, clientId, secret, Map.of("grant_type", "client_credentials"), InstantSource.system());
    }

    /** With a further parameter of the token request, such as {@code scope} or {@code audience}. */
    public ClientCredentials with(String parameter, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new ClientCredentials(issuer, clientId, secret, Map.copyOf(more), clock);
    }

    ClientCredentials at(InstantSource otherClock) {
        return new ClientCredentials(issuer, clientId, secret, parameters, otherClock);
    }

    @Override
    public synchronized String token() throws InterruptedException {
        if (current == null || !clock.instant().isBefore(current.goodUntil())) {
            current = fetch();
        }
        return current.value();
    }

    @Override
    public synchronized void rejected(String token) {
        if (current != null && current.value().equals(token)) {
            current = null;
        }
    }

    private Token fetch() throws InterruptedException {
        String form = parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        // SPEC: RFC 6749 §2.3.1, id and secret are form-encoded before they go into the header.
        String credentials = Base64.getEncoder()
                .encodeToString((encoded(clientId) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
        JsonNode reply = send(HttpRequest.newBuilder(endpoint())
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        Duration life = reply.path("expires_in").canConvertToLong()
                        && reply.path("expires_in").isNumber()
                ? Duration.ofSeconds(reply.path("expires_in").longValue())
                : UNSTATED_LIFE;
        Instant goodUntil = clock.instant().plus(life.compareTo(MARGIN) > 0 ? life.minus(MARGIN) : Duration.ZERO);
        return new Token(required(reply, "access_token"), goodUntil);
    }

    private URI endpoint() throws InterruptedException {
        if (endpoint == null) {
            String discovery = issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration";
            endpoint = URI.create(
                    required(send(HttpRequest.newBuilder(URI.create(discovery)).GET()), "token_endpoint"));
        }
        return Objects.requireNonNull(endpoint);
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest built =
                request.timeout(TIMEOUT).header("Accept", "application/json").build();
        HttpResponse<String> response;
        try {
            response = http.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UnreachableException(
                    "The OIDC issuer does not answer at %s (%s); check that it runs".formatted(built.uri(), e), e);
        }
        if (response.statusCode() >= 500 || response.statusCode() == 429) {
            throw new UnreachableException(
                    "The OIDC issuer answers %d at %s; try later".formatted(response.statusCode(), built.uri()));
        }
        if (response.statusCode() != 200) {
            throw new RefusedException(
                    response.statusCode(),
                    "The OIDC issuer gives no token for client %s (%d at %s: %s); check the client's id and secret"
                            .formatted(
                                    clientId, response.statusCode(), built.uri(), Problem.shortened(response.body())));
        }
        try {
            return Json.readEvent(response.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (MalformedJsonException e) {
            throw new UnreachableException("%s answers no JSON: %s".formatted(built.uri(), e.getMessage()), e);
        }
    }

    private static String required(JsonNode reply, String field) {
        String value = reply.path(field).asText("");
        if (value.isEmpty()) {
            throw new UnreachableException(
                    "The OIDC issuer's answer has no %s; is the issuer's address right?".formatted(field));
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
