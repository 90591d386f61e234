package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.obstat.local.chat.TeamsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the Bot Connector sends to the bot, and the tokens by which it shows who it is. */
final class BotCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TOKEN_GOOD_FOR = Duration.ofHours(1);
    private static final int FIRST_FAILURE = 300;

    private final TeamsSettings settings;
    private final Supplier<String> serviceUrl;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private volatile BotFrameworkKey key = BotFrameworkKey.make();
    private volatile @Nullable URI bot;

    BotCalls(TeamsSettings settings, Supplier<String> serviceUrl, InstantSource clock) {
        this.settings = settings;
        this.serviceUrl = serviceUrl;
        this.clock = clock;
        this.bot = settings.bot();
    }

    BotFrameworkKey key() {
        return key;
    }

    void rotateKey() {
        key = BotFrameworkKey.make();
    }

    void bot(URI endpoint) {
        bot = endpoint;
    }

    boolean hasBot() {
        return bot != null;
    }

    /** What a token of the Bot Connector says now. */
    JWTClaimsSet.Builder claims() {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(BotFrameworkKey.ISSUER)
                .audience(settings.appId().toString())
                .claim("serviceurl", serviceUrl.get())
                .notBeforeTime(Date.from(now.minusSeconds(5)))
                .expirationTime(Date.from(now.plus(TOKEN_GOOD_FOR)));
    }

    /** POSTs an activity with this token, or with none. */
    TeamsAnswer send(JsonNode activity, @Nullable String token) {
        URI target = bot;
        if (target == null) {
            return new TeamsAnswer(0, Duration.ZERO, "", "Unable to reach app. Please try again.");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)")
                .POST(BodyPublishers.ofString(activity.toString()));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            String problem = answer.statusCode() < FIRST_FAILURE ? null : TeamsAnswer.TROUBLE;
            return new TeamsAnswer(answer.statusCode(), since(begun), answer.body(), problem);
        } catch (IOException e) {
            return new TeamsAnswer(
                    0, since(begun), String.valueOf(e.getMessage()), "Unable to reach app. Please try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TeamsAnswer(0, since(begun), "Interrupted", TeamsAnswer.TROUBLE);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
