package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.SlackSettings;
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
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What Slack sends to the app: through a socket when one is open, and else by POST. */
final class Deliveries {

    // SPEC: https://docs.slack.dev/interactivity/handling-user-interaction, acknowledge within three seconds.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    static final String TROUBLE = "Slack could not reach the app. Please try again.";
    private static final int OK = 200;

    private final SlackSettings settings;
    private final InstantSource clock;
    private final Sockets sockets;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private volatile @Nullable URI interactivity;

    Deliveries(SlackSettings settings, InstantSource clock, Sockets sockets) {
        this.settings = settings;
        this.clock = clock;
        this.sockets = sockets;
        this.interactivity = settings.interactivity();
    }

    void interactivity(URI target) {
        interactivity = target;
    }

    /** Sends a payload of an interaction, and waits for the answer. */
    SlackAnswer send(ObjectNode payload) {
        if (sockets.anyOpen()) {
            return sockets.send(payload);
        }
        String body = "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
        return send(signed(body));
    }

    /** A body to be POSTed, with a signature that is good now. */
    SlackCallback signed(String body) {
        long timestamp = clock.instant().getEpochSecond();
        return new SlackCallback(this, body, timestamp, settings.secrets().signingSecret());
    }

    SlackAnswer send(SlackCallback callback) {
        URI target = interactivity;
        if (target == null) {
            return new SlackAnswer(
                    0,
                    Duration.ZERO,
                    "",
                    "This app has no interactivity URL, and no socket is open. Please try later.");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
                .POST(BodyPublishers.ofString(callback.body()));
        callback.headers().forEach(request::header);
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            boolean ok = answer.statusCode() == OK;
            return new SlackAnswer(answer.statusCode(), since(begun), answer.body(), ok ? null : TROUBLE);
        } catch (IOException e) {
            return new SlackAnswer(0, since(begun), String.valueOf(e.getMessage()), TROUBLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SlackAnswer(0, since(begun), "Interrupted", TROUBLE);
        }
    }

    static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
