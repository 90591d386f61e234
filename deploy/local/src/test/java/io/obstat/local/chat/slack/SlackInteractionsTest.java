package io.obstat.local.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.App;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.HandClock;
import io.obstat.local.chat.SlackSettings;
import io.obstat.local.chat.http.Call;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Slack sends when people click, and what it makes of the answer. */
class SlackInteractionsTest {

    private static final String REVIEWER = "U0REVIEWER";
    private static final String DATA = "C0DATA";
    private static final SlackSettings SETTINGS = SlackSettings.standard();

    private static final String BLOCKS = """
            [{"type":"actions","block_id":"answer","elements":[
              {"type":"button","action_id":"approve","value":"act_1","style":"primary","text":{"type":"plain_text","text":"Approve"}}]}]""";

    private static final String VIEW = """
            {"type":"modal","callback_id":"reject","private_metadata":"act_1",
             "title":{"type":"plain_text","text":"Reject"},"submit":{"type":"plain_text","text":"Reject"},
             "blocks":[{"type":"input","block_id":"why","label":{"type":"plain_text","text":"Why"},
               "element":{"type":"plain_text_input","action_id":"text","min_length":3,"max_length":20}}]}""";

    private final HandClock clock = new HandClock();
    private final App app = new App();
    private final FakeChat chat =
            FakeChat.start(FakeChatSettings.standard().with(SETTINGS.withInteractivity(app.uri())), clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        chat.close();
        app.close();
    }

    private JsonNode call(String method, String json) {
        return call(method, json, SETTINGS.secrets().botToken());
    }

    private JsonNode call(String method, String json, String token) {
        return Call.json(send(chat.url() + "/slack/api/" + method, json, token).body());
    }

    private HttpResponse<String> send(String url, String json, String token) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/json; charset=utf-8")
                            .header("Authorization", "Bearer " + token)
                            .POST(BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String post() {
        JsonNode answer =
                call("chat.postMessage", "{\"channel\":\"C0DATA\",\"text\":\"x\",\"blocks\":%s}".formatted(BLOCKS));
        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("ts").asText();
    }

    private static JsonNode payload(App.Received received) {
        return Call.json(URLDecoder.decode(received.body().substring("payload=".length()), StandardCharsets.UTF_8));
    }

    /** Clicks, and opens the modal with the trigger that came with it. */
    private JsonNode open() {
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        return openWith(payload(app.last()).path("trigger_id").asText());
    }

    private JsonNode openWith(String trigger) {
        return call("views.open", "{\"trigger_id\":\"%s\",\"view\":%s}".formatted(trigger, VIEW));
    }

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
    void shouldOpenAModalWithATriggerOnce() {
        // When
        JsonNode opened = open();
        JsonNode again = openWith(payload(app.last()).path("trigger_id").asText());

        // Then
        assertThat(opened.path("ok").asBoolean()).as(opened.toString()).isTrue();
        assertThat(again.path("error").asText()).isEqualTo("exchanged_trigger_id");
        assertThat(chat.slack().views(REVIEWER)).extracting(SlackView::title).containsExactly("Reject");
    }

    @Test
    void shouldRefuseATriggerThatIsTooOldOrNone() {
        // Given
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        clock.pass(Duration.ofMillis(3_001));

        // When / Then
        assertThat(openWith(payload(app.last()).path("trigger_id").asText())
                        .path("error")
                        .asText())
                .isEqualTo("expired_trigger_id");
        assertThat(openWith("1.2.x").path("error").asText()).isEqualTo("invalid_trigger_id");
    }

    @Test
    void shouldRefuseAViewThatIsNone() {
        // When
        JsonNode answer = call(
                "views.open",
                "{\"trigger_id\":\"1.2.x\",\"view\":%s}"
                        .formatted(VIEW.replace("\"Reject\"", "\"" + "x".repeat(25) + "\"")));

        // Then
        assertThat(answer.path("error").asText()).isEqualTo("invalid_arguments");
        assertThat(answer.path("response_metadata").path("messages").toString())
                .contains("must be less than 25 characters [json-pointer:/view/title/text]");
    }

    @Test
    void shouldSendAModalOffAndObeyTheAnswer() {
        // Given
        String view = open().path("view").path("id").asText();
        app.answers(200, "{\"response_action\":\"errors\",\"errors\":{\"why\":\"Say more\"}}");

        // When
        SlackAnswer refused = chat.slack().submit(REVIEWER, view, Map.of("why", "because"));

        // Then it stays open, with what is wrong
        assertThat(refused.shown()).hasValue("Say more");
        JsonNode payload = payload(app.last());
        assertThat(payload.path("type").asText()).isEqualTo("view_submission");
        assertThat(payload.path("view").path("private_metadata").asText()).isEqualTo("act_1");
        assertThat(payload.at("/view/state/values/why/text/value").asText()).isEqualTo("because");
        assertThat(chat.slack().views(REVIEWER)).hasSize(1);

        // When
        app.answers(200, "");
        SlackAnswer taken = chat.slack().submit(REVIEWER, view, Map.of("why", "because"));

        // Then
        assertThat(taken.isAccepted()).isTrue();
        assertThat(chat.slack().views(REVIEWER)).isEmpty();
    }

    @Test
    void shouldNotSendWhatSlackItselfDoesNotLetPass() {
        // Given
        String view = open().path("view").path("id").asText();
        int before = app.count();

        // When / Then
        assertThat(chat.slack().submit(REVIEWER, view, Map.of("why", "no")).isAccepted())
                .isFalse();
        assertThat(chat.slack().submit(REVIEWER, view, Map.of()).isAccepted()).isFalse();
        assertThat(app.count()).isEqualTo(before);
    }

    @Test
    void shouldTakeFiveAnswersToAClickWithinHalfAnHour() {
        // Given
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        String url = payload(app.last()).path("response_url").asText();
        String said = "{\"response_type\":\"ephemeral\",\"replace_original\":false,\"text\":\"Too late\"}";

        // When
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(send(url, said, "").statusCode());
        }

        // Then
        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 404);
        assertThat(chat.slack().ephemerals(REVIEWER))
                .hasSize(5)
                .extracting(SlackEphemeral::text)
                .contains("Too late");

        // When
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        clock.pass(Duration.ofMinutes(31));

        // Then
        assertThat(send(payload(app.last()).path("response_url").asText(), said, "")
                        .body())
                .isEqualTo("expired_url");
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
