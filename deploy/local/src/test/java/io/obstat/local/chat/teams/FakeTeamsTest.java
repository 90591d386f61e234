package io.obstat.local.chat.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Call;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Bot Connector and what is around it, as a bot sees them. */
class FakeTeamsTest extends BotOfTeams {

    @Test
    void shouldGiveATokenForTheSecretOnly() {
        // When
        JsonNode good = Call.json(token(SETTINGS.appSecret(), SCOPE).body());
        HttpResponse<String> wrong = token("guessed", SCOPE);

        // Then
        assertThat(good.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(good.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(Call.json(wrong.body()).path("error").asText()).isEqualTo("invalid_client");
        assertThat(Call.json(wrong.body()).path("error_description").asText()).startsWith("AADSTS7000215");
        assertThat(token(SETTINGS.appSecret(), "openid").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseTokensThatAreNoneOrTooOld() {
        // Given
        String old = token();
        clock.pass(Duration.ofHours(2));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(chat.teams().serviceUrl() + "v3/conversations/" + encoded(DATA) + "/members"));

        // When / Then
        assertThat(send(request.copy().build()).statusCode()).isEqualTo(401);
        assertThat(send(request.copy().header("Authorization", "Bearer " + old).build())
                        .statusCode())
                .isEqualTo(401);
        assertThat(call("GET", "v3/conversations/" + encoded(DATA) + "/members", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldKeepChangeAndDeleteCards() {
        // Given
        String id = post();
        String path = "v3/conversations/%s/activities/%s".formatted(encoded(DATA), id);

        // When
        HttpResponse<String> changed = call("PUT", path, message(OWN));

        // Then
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(chat.teams().message(DATA, id).orElseThrow().words()).contains("Yours");
        assertThat(chat.teams().message(DATA, id).orElseThrow().version()).isEqualTo(2);

        // When
        HttpResponse<String> deleted = call("DELETE", path, "");

        // Then
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(chat.teams().messages(DATA)).isEmpty();
        assertThat(code(call("PUT", path, message(OWN)))).isEqualTo("ActivityNotFoundInConversation");
    }

    @Test
    void shouldTellThreadsFromTheChannel() {
        // Given
        JsonNode created = Call.json(call(
                        "POST",
                        "v3/conversations",
                        "{\"isGroup\":true,\"tenantId\":\"%s\",\"channelData\":{\"channel\":{\"id\":\"%s\"}},\"activity\":%s}"
                                .formatted(SETTINGS.tenant(), DATA, message(CARD)))
                .body());
        String root = created.path("activityId").asText();

        // When
        call(
                "POST",
                "v3/conversations/%s/activities"
                        .formatted(encoded(created.path("id").asText())),
                "{\"type\":\"message\",\"text\":\"Done\"}");
        call(
                "POST",
                "v3/conversations/%s/activities/%s".formatted(encoded(DATA), root),
                "{\"type\":\"message\",\"text\":\"Run\"}");

        // Then
        assertThat(created.path("id").asText()).isEqualTo(DATA + ";messageid=" + root);
        assertThat(chat.teams().thread(DATA, root))
                .extracting(TeamsMessage::text)
                .containsExactly("Done", "Run");
    }

    @Test
    void shouldHaveOneChatWithEachPerson() {
        // Given
        String body = "{\"isGroup\":false,\"tenantId\":\"%s\",\"members\":[{\"id\":\"%s\"}]}";

        // When
        String byTeamsId = call("POST", "v3/conversations", body.formatted(SETTINGS.tenant(), Persona.OWNER.teamsId()))
                .body();
        String byEntraId = call("POST", "v3/conversations", body.formatted(SETTINGS.tenant(), Persona.OWNER.entraId()))
                .body();

        // Then
        assertThat(Call.json(byTeamsId).path("id").asText())
                .startsWith("a:")
                .isEqualTo(Call.json(byEntraId).path("id").asText())
                .isEqualTo(chat.teams().chat(Persona.OWNER));
        assertThat(code(call("POST", "v3/conversations", body.formatted(SETTINGS.appId(), Persona.OWNER.teamsId()))))
                .isEqualTo("Forbidden");
        assertThat(code(call(
                        "POST",
                        "v3/conversations",
                        body.formatted(SETTINGS.tenant(), "x").replace("false", "true"))))
                .isEqualTo("BadSyntax");
    }

    @Test
    void shouldRefuseConversationsInWhichTheBotIsNot() {
        // When
        chat.teams().uninstall(DATA);

        // Then
        assertThat(Call.json(bot.last().body())
                        .path("membersRemoved")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo("28:" + SETTINGS.appId());
        HttpResponse<String> answer =
                call("POST", "v3/conversations/%s/activities".formatted(encoded(DATA)), message(CARD));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(code(answer)).isEqualTo("BotNotInConversationRoster");
        assertThat(code(call("POST", "v3/conversations/19%3Anone%40thread.tacv2/activities", message(CARD))))
                .isEqualTo("ConversationNotFound");

        // When
        chat.teams().install(DATA);

        // Then
        assertThat(Call.json(bot.last().body()).path("type").asText()).isEqualTo("conversationUpdate");
        post();
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        // When
        HttpResponse<String> answer = call(
                "POST",
                "v3/conversations/%s/activities".formatted(encoded(DATA)),
                "{\"type\":\"message\",\"text\":\"%s\"}".formatted("x".repeat(28 * 1024)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(code(answer)).isEqualTo("MessageSizeTooBig");
    }

    @Test
    void shouldSlowDownWhoSendsTooOften() {
        // Given
        chat.close();
        chat = FakeChat.start(FakeChatSettings.standard().with(SETTINGS.withRateLimits()), clock);
        for (int i = 0; i < 7; i++) {
            post();
        }

        // When
        HttpResponse<String> answer =
                call("POST", "v3/conversations/%s/activities".formatted(encoded(DATA)), message(CARD));

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"AdaptiveCard","version":"1.6"}                                                                                | /version
                    {"type":"AdaptiveCard","body":[]}                                                                                      | missing required field: version
                    {"type":"AdaptiveCard","version":"1.5","body":[{"type":"Poem"}]}                                                       | unsupported type: Poem
                    {"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock"}]}                                                  | missing required field: text
                    {"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"x","bold":true}]}                           | invalid additional property: bold
                    {"type":"AdaptiveCard","version":"1.5","body":[{"type":"Input.Text"}]}                                                 | missing required field: id
                    {"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.OpenUrl","title":"x","url":"javascript:alert(1)"}]}  | must match pattern
                    {"type":"AdaptiveCard","version":"1.5","body":[{"type":"Input.Text","id":"a"},{"type":"Input.Text","id":"a"}]}         | an id is there twice
                    {"type":"AdaptiveCard","version":"1.5","refresh":{"action":{"type":"Action.Submit"}}}                                  | must be one of [Action.Execute]
                    """)
    void shouldRefuseCardsAndSayWhereTheyAreWrong(String card, String message) {
        // When
        HttpResponse<String> answer =
                call("POST", "v3/conversations/%s/activities".formatted(encoded(DATA)), message(card));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Call.json(answer.body()).path("error").path("message").asText())
                .contains(message);
    }

    @Test
    void shouldSayWhoIsThere() {
        // When
        JsonNode all = Call.json(call("GET", "v3/conversations/" + encoded(DATA) + "/members", "")
                .body());
        JsonNode page = Call.json(call("GET", "v3/conversations/" + encoded(DATA) + "/pagedmembers?pageSize=2", "")
                .body());
        JsonNode guest = Call.json(call(
                        "GET",
                        "v3/conversations/%s/members/%s"
                                .formatted(encoded(DATA), encoded(Persona.CONTRACTOR.teamsId())),
                        "")
                .body());

        // Then
        assertThat(all).hasSize(7);
        assertThat(page.path("members")).hasSize(2);
        assertThat(page.path("continuationToken").asText()).isNotEmpty();
        assertThat(guest.path("userRole").asText()).isEqualTo("guest");
        assertThat(guest.path("aadObjectId").asText())
                .isEqualTo(Persona.CONTRACTOR.entraId().toString());
        assertThat(guest.path("tenantId").asText()).isEqualTo(SETTINGS.tenant().toString());
        assertThat(call("GET", "v3/conversations/" + encoded(DATA) + "/members/29%3Anobody", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldHaveOutages() {
        // Given
        chat.teams().outage(true);

        // When / Then
        assertThat(token(SETTINGS.appSecret(), SCOPE).statusCode()).isEqualTo(503);

        // When
        chat.teams().outage(false);

        // Then
        post();
        assertThat(chat.teams().calls("POST activities")).isEqualTo(1);
    }
}
