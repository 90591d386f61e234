package io.obstat.local.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.App;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.SlackSettings;
import io.obstat.local.chat.http.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatPageTest {

    private final App app = new App();
    private final FakeChat chat = FakeChat.start(
            FakeChatSettings.standard().with(SlackSettings.standard().withInteractivity(app.uri())));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        chat.close();
        app.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(chat.url() + path));
    }

    private String post() {
        HttpResponse<String> answer = send(at("/slack/api/chat.postMessage")
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer " + SlackSettings.standard().secrets().botToken())
                .POST(BodyPublishers.ofString("""
                                {"channel":"C0DATA","text":"x","blocks":[{"type":"actions","elements":[
                                  {"type":"button","action_id":"approve","text":{"type":"plain_text","text":"Approve"}}]}]}""")));
        return Call.json(answer.body()).path("ts").asText();
    }

    private JsonNode state(String persona, long since) {
        return Call.json(send(at("/page/state?persona=%s&since=%d".formatted(persona, since)))
                .body());
    }

    @Test
    void shouldServeThePageWithoutAnythingFromElsewhere() {
        // When
        HttpResponse<String> page = send(at("/"));

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("script-src 'self'"));
        assertThat(page.body()).contains("chat.js").doesNotContain("src=\"http", "href=\"http");
        for (String file : new String[] {"chat.css", "chat.js", "slack.js", "teams.js"}) {
            assertThat(send(at("/" + file)).statusCode()).isEqualTo(200);
            assertThat(send(at("/" + file)).body()).doesNotContain("innerHTML");
        }
        assertThat(send(at("/FakeChat.class")).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowWhatChangesAtOnce() {
        // Given
        long known = state("reviewer", 0).path("version").asLong();
        CompletableFuture<JsonNode> next = CompletableFuture.supplyAsync(() -> state("reviewer", known));

        // When
        String ts = post();

        // Then
        assertThat(next.join().at("/slack/channels/0/messages/0/ts").asText()).isEqualTo(ts);
    }

    @Test
    void shouldClickAsThePersonOneIs() {
        // Given
        String body =
                "{\"persona\":\"owner\",\"channel\":\"C0DATA\",\"ts\":\"%s\",\"action\":\"approve\"}".formatted(post());

        // When
        HttpResponse<String> answer = send(at("/page/slack/click")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        // Then
        assertThat(Call.json(answer.body()).path("problem").isNull()).isTrue();
        assertThat(app.last().body()).contains("U0OWNER");

        // When a page from elsewhere posts it as a form could
        HttpResponse<String> foreign = send(
                at("/page/slack/click").header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body)));

        // Then
        assertThat(foreign.statusCode()).isEqualTo(415);
        assertThat(app.count()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatTheChatTellsThePerson() {
        // Given
        app.answers(500, "");
        String body =
                "{\"persona\":\"owner\",\"channel\":\"C0DATA\",\"ts\":\"%s\",\"action\":\"approve\"}".formatted(post());

        // When
        HttpResponse<String> answer = send(at("/page/slack/click")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        // Then
        assertThat(Call.json(answer.body()).path("problem").asText()).contains("try again");
    }
}
