package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.connector.authentication.AppCredentials;
import com.microsoft.bot.connector.authentication.Authenticator;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.RetryAfter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The token that our requests to the Bot Connector bear, by client credentials. Kept until five minutes before its end; those who ask while
 * it is fetched wait for the one fetch.
 *
 * <p>It does not use the SDK's way, which is MSAL: that takes {@code https} authorities of Microsoft only, and keeps state of its own.
 *
 * <p>SPEC: "Authentication with the Bot Connector API", "Authenticate requests from your bot to the Bot Connector service"; RFC 6749 §4.4.
 */
public final class BotCredentials extends AppCredentials implements AutoCloseable {

    static final String SCOPE = "https://api.botframework.com/.default";
    static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private final URI tokenUrl;
    private final HttpRequest request;
    private final HttpJson http;
    private final InstantSource clock;

    private final Object lock = new Object();
    private @Nullable Token kept;
    private @Nullable CompletableFuture<String> underWay;

    /** Never printed: it is like a password. */
    private static final class Token {

        private final String value;
        private final Instant renewAt;

        Token(String value, Instant renewAt) {
            this.value = value;
            this.renewAt = renewAt;
        }
    }

    /**
     * @param tokenUrl where tokens are given out; see {@link #tokenUrl(String)}. {@code https}, or {@code http} on this machine
     * @param timeout for one fetch
     * @throws InvalidFieldException when the address is another one
     */
    public BotCredentials(BotIdentity bot, BotSecret secret, URI tokenUrl, Duration timeout, InstantSource clock) {
        super(bot.tenantId(), SCOPE);
        if (Origin.of(tokenUrl).filter(Origin::safe).isEmpty()) {
            throw new InvalidFieldException(
                    Settings.TOKEN_URL,
                    "is '%s'; our secret would travel in the clear, so write https (http is for this machine only)"
                            .formatted(tokenUrl));
        }
        // The SDK adds no token while this is empty.
        setAppId(bot.appId());
        this.tokenUrl = tokenUrl;
        this.http = new HttpJson(timeout);
        this.clock = clock;
        this.request = HttpRequest.newBuilder(tokenUrl)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        bot.appId(),
                        "client_secret",
                        secret.reveal(),
                        "scope",
                        SCOPE))))
                .build();
    }

    /** Microsoft's, for bots of a single tenant. */
    public static URI tokenUrl(String tenantId) {
        return URI.create("https://login.microsoftonline.com/%s/oauth2/v2.0/token".formatted(tenantId));
    }

    /** The token. Does not block; fails with {@link TokenUnavailableException}. */
    @Override
    public CompletableFuture<String> getToken() {
        CompletableFuture<String> fetch;
        boolean ours = false;
        synchronized (lock) {
            if (kept != null && clock.instant().isBefore(kept.renewAt)) {
                return CompletableFuture.completedFuture(kept.value);
            }
            if (underWay == null) {
                underWay = new CompletableFuture<>();
                ours = true;
            }
            fetch = underWay;
        }
        if (ours) {
            fetch(fetch);
        }
        return fetch.copy();
    }

    /** Gets another token than this one, which the Bot Connector did not take. One that was renewed meanwhile stays. */
    CompletableFuture<String> renewed(String rejected) {
        synchronized (lock) {
            if (kept != null && kept.value.equals(rejected)) {
                kept = null;
            }
        }
        return getToken();
    }

    private void fetch(CompletableFuture<String> waiting) {
        CompletableFuture.completedFuture(request)
                .thenCompose(http::send)
                .handle((answer, failure) ->
                        answer == null ? fail(waiting, unreachable(failure)) : settle(waiting, answer))
                .exceptionally(failure -> fail(waiting, unreachable(failure)));
    }

    private boolean settle(CompletableFuture<String> waiting, HttpJson.Answer answer) {
        Instant now = clock.instant();
        JsonNode body = answer.body();
        String value = body.path("access_token").asText("");
        long seconds = Math.min(body.path("expires_in").asLong(0), LONGEST_LIFE.toSeconds());
        boolean bearer = body.path("token_type").asText("").equalsIgnoreCase("Bearer");
        if (answer.status() != 200) {
            return fail(
                    waiting, new TokenUnavailableException(refusal(answer), RetryAfter.read(answer.retryAfter(), now)));
        }
        if (!bearer || seconds <= 0 || !value.matches("[\\x21-\\x7e]+")) {
            return fail(
                    waiting,
                    new TokenUnavailableException(
                            "%s answered 200 without a Bearer access_token and its expires_in; see whether %s is right"
                                    .formatted(tokenUrl, Settings.TOKEN_URL),
                            null));
        }
        synchronized (lock) {
            kept = new Token(value, now.plusSeconds(seconds).minus(RENEWED_BEFORE_END));
            underWay = null;
        }
        return waiting.complete(value);
    }

    private boolean fail(CompletableFuture<String> waiting, TokenUnavailableException failure) {
        synchronized (lock) {
            underWay = null;
        }
        return waiting.completeExceptionally(failure);
    }

    private TokenUnavailableException unreachable(@Nullable Throwable failure) {
        return new TokenUnavailableException(
                "No token from %s: %s".formatted(tokenUrl, failure == null ? "no answer" : http.problem(failure)),
                null);
    }

    /** SPEC: RFC 6749 §5.2. The description is not repeated; it names tenants and requests. */
    private String refusal(HttpJson.Answer answer) {
        String error = answer.body().path("error").asText("");
        boolean ours = answer.status() == 400 || answer.status() == 401;
        return "No token from %s: it answered %d%s%s"
                .formatted(
                        tokenUrl,
                        answer.status(),
                        error.isEmpty() ? "" : " " + Text.quote(error),
                        ours
                                ? "; see whether %s, %s and %s are right, and whether the secret is over"
                                        .formatted(Settings.APP_ID, Settings.APP_SECRET, Settings.TENANT_ID)
                                : "");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Not asked for: {@link #getToken()} does without. */
    @Override
    protected Authenticator buildAuthenticator() {
        throw new UnsupportedOperationException("Tokens are fetched by getToken(), not by MSAL");
    }

    @Override
    public void close() {
        http.close();
    }
}
