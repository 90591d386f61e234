package io.obstat.local.chat.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.local.chat.App;
import io.obstat.local.chat.ChatChannel;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.HandClock;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import io.obstat.local.chat.http.Call;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/** A bot and its calls, before the fake Teams. */
abstract class BotOfTeams {

    static final String DATA = ChatChannel.DATA.teamsId();
    static final TeamsSettings SETTINGS = TeamsSettings.standard();
    static final String SCOPE = "https://api.botframework.com/.default";

    static final String CARD = """
            {"type":"AdaptiveCard","version":"1.5","refresh":{"action":{"type":"Action.Execute","verb":"refresh","data":{"id":"act_1"}},"userIds":["%s"]},
             "body":[{"type":"TextBlock","text":"Export","wrap":true},{"type":"Input.Text","id":"reason","isRequired":true,"maxLength":20,"errorMessage":"Say why"}],
             "actions":[{"type":"Action.Execute","title":"Approve","verb":"approve","data":{"id":"act_1"},"associatedInputs":"none"},
                        {"type":"Action.Execute","title":"Reject","verb":"reject","data":{"id":"act_1"}}]}""".formatted(Persona.REVIEWER.teamsId());

    static final String OWN =
            "{\"type\":\"AdaptiveCard\",\"version\":\"1.5\",\"body\":[{\"type\":\"TextBlock\",\"text\":\"Yours\"}]}";

    final HandClock clock = new HandClock();
    final App bot = new App();
    FakeChat chat = FakeChat.start(FakeChatSettings.standard().with(SETTINGS.withBot(bot.uri())), clock);
    final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        chat.close();
        bot.close();
    }

    final HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    final HttpResponse<String> token(String secret, String scope) {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
                .formatted(SETTINGS.appId(), secret, encoded(scope));
        return send(HttpRequest.newBuilder(
                        URI.create("%s/login/%s/oauth2/v2.0/token".formatted(chat.url(), SETTINGS.tenant())))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    final String token() {
        return Call.json(token(SETTINGS.appSecret(), SCOPE).body())
                .path("access_token")
                .asText();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    final HttpResponse<String> call(String method, String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(chat.teams().serviceUrl() + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json; charset=utf-8")
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    static String message(String card) {
        return "{\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":%s}]}"
                .formatted(card);
    }

    final String post() {
        HttpResponse<String> answer =
                call("POST", "v3/conversations/%s/activities".formatted(encoded(DATA)), message(CARD));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Call.json(answer.body()).path("id").asText();
    }

    static String code(HttpResponse<String> answer) {
        return Call.json(answer.body()).path("error").path("code").asText();
    }
}
