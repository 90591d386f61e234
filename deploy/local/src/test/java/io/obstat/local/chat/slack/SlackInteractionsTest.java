package io.obstat.local.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.App;
import io.obstat.local.chat.http.Call;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What Slack sends when people click, and what it makes of the answer. */
class SlackInteractionsTest extends AppOfSlack {

    @Test
    void shouldPostASignedClick() {
        // Given
        String ts = post();

        // When
        SlackAnswer answer = chat.slack().click(REVIEWER, DATA, ts, "approve");

        // Then
        assertThat(answer.isAccepted()).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        App.Received received = app.last();
        long timestamp = Long.parseLong(received.headers().get("X-Slack-Request-Timestamp"));
        assertThat(timestamp).isEqualTo(clock.instant().getEpochSecond());
        assertThat(received.headers().get("X-Slack-Signature"))
                .startsWith("v0=")
                .isEqualTo(SlackSignature.of(SETTINGS.secrets().signingSecret(), timestamp, received.body()));
        JsonNode payload = payload(received);
        assertThat(payload.path("type").asText()).isEqualTo("block_actions");
        assertThat(payload.path("api_app_id").asText()).isEqualTo("A0OBSTAT");
        assertThat(payload.path("team").path("id").asText()).isEqualTo("T0OBSTAT");
        assertThat(payload.path("user").path("id").asText()).isEqualTo(REVIEWER);
        assertThat(payload.path("user").path("team_id").asText()).isEqualTo("T0OBSTAT");
        assertThat(payload.path("enterprise").isNull()).isTrue();
        assertThat(payload.path("container").path("message_ts").asText()).isEqualTo(ts);
        assertThat(payload.path("message").path("blocks")).hasSize(1);
        assertThat(payload.path("actions").path(0).path("value").asText()).isEqualTo("act_1");
        assertThat(payload.path("actions").path(0).path("block_id").asText()).isEqualTo("answer");
    }

    @Test
    void shouldSignAsSlacksDocumentationDoes() {
        // SPEC: the example of https://docs.slack.dev/authentication/verifying-requests-from-slack
        // When
        String signature = SlackSignature.of(
                "8f742231b10e8888abcd99yyyzzz85a5",
                1_531_420_618L,
                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

        // Then
        assertThat(signature).isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void shouldTellThePersonWhenTheAppFails() {
        // Given
        String ts = post();
        app.answers(500, "");

        // When
        SlackAnswer answer = chat.slack().click(REVIEWER, DATA, ts, "approve");

        // Then
        assertThat(answer.isAccepted()).isFalse();
        assertThat(answer.shown()).hasValueSatisfying(text -> assertThat(text).contains("try again"));
    }

    @Test
    void shouldLosePatienceAfterThreeSeconds() {
        // Given an app that never answers
        String ts = post();
        CountDownLatch never = new CountDownLatch(1);
        app.answers(request -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new App.Answer(200, "");
        });

        // When
        SlackAnswer answer = chat.slack().click(REVIEWER, DATA, ts, "approve");
        never.countDown();

        // Then
        assertThat(answer.isAccepted()).isFalse();
        assertThat(answer.took()).isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(6));
    }

    @Test
    void shouldSendSpoiltCallbacksAsTheyAre() {
        // When
        chat.slack()
                .callback("payload=%7B%7D")
                .signedWith("another secret")
                .at(clock.instant().minusSeconds(600))
                .send();

        // Then
        App.Received received = app.last();
        long timestamp = Long.parseLong(received.headers().get("X-Slack-Request-Timestamp"));
        assertThat(timestamp).isEqualTo(clock.instant().getEpochSecond() - 600);
        assertThat(received.headers().get("X-Slack-Signature"))
                .isEqualTo(SlackSignature.of("another secret", timestamp, "payload=%7B%7D"))
                .isNotEqualTo(SlackSignature.of(SETTINGS.secrets().signingSecret(), timestamp, "payload=%7B%7D"));
    }

    @Test
    void shouldNotLetPeopleClickWhatTheyDoNotSee() {
        // Given
        String direct = chat.slack().directMessages("U0OWNER");
        String ts = call(
                        "chat.postMessage",
                        "{\"channel\":\"%s\",\"text\":\"x\",\"blocks\":%s}".formatted(direct, BLOCKS))
                .path("ts")
                .asText();

        // When / Then
        assertThatThrownBy(() -> chat.slack().click(REVIEWER, direct, ts, "approve"))
                .hasMessageContaining("sees no message");
        assertThatThrownBy(() -> chat.slack().click("U0OWNER", direct, ts, "deny"))
                .hasMessageContaining("deny")
                .hasMessageContaining("approve");
    }

    @Test
    void shouldSendClicksThroughASocketWhenOneIsOpen() {
        // Given an app that acknowledges what it gets
        String ts = post();
        List<JsonNode> frames = new CopyOnWriteArrayList<>();
        WebSocket socket = connect(frames, true);
        await().until(() ->
                frames.stream().anyMatch(frame -> frame.path("type").asText().equals("hello")));

        // When
        SlackAnswer answer = chat.slack().click(REVIEWER, DATA, ts, "approve");

        // Then
        assertThat(answer.isAccepted()).isTrue();
        assertThat(app.count()).isZero();
        JsonNode envelope = frames.getLast();
        assertThat(envelope.path("type").asText()).isEqualTo("interactive");
        assertThat(envelope.at("/payload/actions/0/action_id").asText()).isEqualTo("approve");

        // When
        chat.slack().disconnect("refresh_requested");

        // Then
        await().until(() -> frames.getLast().path("reason").asText().equals("refresh_requested"));
        await().until(() -> chat.slack().sockets() == 0);
        socket.abort();
    }

    @Test
    void shouldTakeATicketOnce() {
        // Given
        String url = call("apps.connections.open", "{}", SETTINGS.secrets().appToken())
                .path("url")
                .asText();
        client.newWebSocketBuilder()
                .buildAsync(URI.create(url), new WebSocket.Listener() {})
                .join();

        // When / Then
        CompletableFuture<WebSocket> again =
                client.newWebSocketBuilder().buildAsync(URI.create(url), new WebSocket.Listener() {});
        assertThatThrownBy(again::join)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    private WebSocket connect(List<JsonNode> frames, boolean acknowledges) {
        String url = call("apps.connections.open", "{}", SETTINGS.secrets().appToken())
                .path("url")
                .asText();
        assertThat(url).startsWith("ws://localhost:");
        return client.newWebSocketBuilder()
                .buildAsync(URI.create(url), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            JsonNode frame = Call.json(text.toString());
                            text.setLength(0);
                            frames.add(frame);
                            if (acknowledges && frame.has("envelope_id")) {
                                socket.sendText(
                                        "{\"envelope_id\":\"%s\"}"
                                                .formatted(frame.path("envelope_id")
                                                        .asText()),
                                        true);
                            }
                        }
                        socket.request(1);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .join();
    }
}
