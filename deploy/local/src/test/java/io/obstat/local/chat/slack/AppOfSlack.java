package io.obstat.local.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/** An app and its calls, before the fake Slack. */
abstract class AppOfSlack {

    static final String REVIEWER = "U0REVIEWER";
    static final String DATA = "C0DATA";
    static final SlackSettings SETTINGS = SlackSettings.standard();

    static final String BLOCKS = """
            [{"type":"actions","block_id":"answer","elements":[
              {"type":"button","action_id":"approve","value":"act_1","style":"primary","text":{"type":"plain_text","text":"Approve"}}]}]""";

    final HandClock clock = new HandClock();
    final App app = new App();
    final FakeChat chat =
            FakeChat.start(FakeChatSettings.standard().with(SETTINGS.withInteractivity(app.uri())), clock);
    final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        chat.close();
        app.close();
    }

    final JsonNode call(String method, String json) {
        return call(method, json, SETTINGS.secrets().botToken());
    }

    final JsonNode call(String method, String json, String token) {
        return Call.json(send(chat.url() + "/slack/api/" + method, json, token).body());
    }

    final HttpResponse<String> send(String url, String json, String token) {
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

    final String post() {
        JsonNode answer =
                call("chat.postMessage", "{\"channel\":\"C0DATA\",\"text\":\"x\",\"blocks\":%s}".formatted(BLOCKS));
        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("ts").asText();
    }

    static JsonNode payload(App.Received received) {
        return Call.json(URLDecoder.decode(received.body().substring("payload=".length()), StandardCharsets.UTF_8));
    }
}
