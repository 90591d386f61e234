package io.obstat.local.chat.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Bot Connector and what is around it, as a bot sees them. */
class FakeTeamsTest {

    private static final String DATA = ChatChannel.DATA.teamsId();
    private static final TeamsSettings SETTINGS = TeamsSettings.standard();
    private static final String SCOPE = "https://api.botframework.com/.default";

    private static final String CARD = """
            {"type":"AdaptiveCard","version":"1.5","refresh":{"action":{"type":"Action.Execute","verb":"refresh","data":{"id":"act_1"}},"userIds":["%s"]},
             "body":[{"type":"TextBlock","text":"Export","wrap":true},{"type":"Input.Text","id":"reason","isRequired":true,"maxLength":20,"errorMessage":"Say why"}],
             "actions":[{"type":"Action.Execute","title":"Approve","verb":"approve","data":{"id":"act_1"},"associatedInputs":"none"},
                        {"type":"Action.Execute","title":"Reject","verb":"reject","data":{"id":"act_1"}}]}""".formatted(Persona.REVIEWER.teamsId());

    private static final String OWN =
            "{\"type\":\"AdaptiveCard\",\"version\":\"1.5\",\"body\":[{\"type\":\"TextBlock\",\"text\":\"Yours\"}]}";

    private final HandClock clock = new HandClock();
    private final App bot = new App();
    private FakeChat chat = FakeChat.start(FakeChatSettings.standard().with(SETTINGS.withBot(bot.uri())), clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        chat.close();
        bot.close();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> token(String secret, String scope) {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
                .formatted(SETTINGS.appId(), secret, encoded(scope));
        return send(HttpRequest.newBuilder(
                        URI.create("%s/login/%s/oauth2/v2.0/token".formatted(chat.url(), SETTINGS.tenant())))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private String token() {
        return Call.json(token(SETTINGS.appSecret(), SCOPE).body())
                .path("access_token")
                .asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> call(String method, String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(chat.teams().serviceUrl() + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json; charset=utf-8")
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    private static String message(String card) {
        return "{\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":%s}]}"
                .formatted(card);
    }

    private String post() {
        HttpResponse<String> answer =
                call("POST", "v3/conversations/%s/activities".formatted(encoded(DATA)), message(CARD));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Call.json(answer.body()).path("id").asText();
    }

    private static String code(HttpResponse<String> answer) {
        return Call.json(answer.body()).path("error").path("code").asText();
    }

    private static String invokeAnswer(String type, String value) {
        return "{\"statusCode\":200,\"type\":\"%s\",\"value\":%s}".formatted(type, value);
    }

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
    void shouldSendAClickWithATokenThatThePublishedKeysVerify() throws Exception {
        // Given
        String id = post();
        bot.answers(200, invokeAnswer(AdaptiveCards.CONTENT_TYPE, OWN));

        // When
        TeamsAnswer answer = chat.teams().click(Persona.REVIEWER, DATA, id, "reject", Map.of("reason", "No need"));

        // Then
        assertThat(answer.isAccepted()).isTrue();
        JsonNode activity = Call.json(bot.last().body());
        assertThat(activity.path("type").asText()).isEqualTo("invoke");
        assertThat(activity.path("name").asText()).isEqualTo("adaptiveCard/action");
        assertThat(activity.path("channelId").asText()).isEqualTo("msteams");
        assertThat(activity.path("serviceUrl").asText()).isEqualTo(chat.teams().serviceUrl());
        assertThat(activity.path("replyToId").asText()).isEqualTo(id);
        assertThat(activity.at("/from/aadObjectId").asText())
                .isEqualTo(Persona.REVIEWER.entraId().toString());
        assertThat(activity.at("/conversation/id").asText()).isEqualTo(DATA + ";messageid=" + id);
        assertThat(activity.at("/conversation/tenantId").asText())
                .isEqualTo(SETTINGS.tenant().toString());
        assertThat(activity.at("/channelData/tenant/id").asText())
                .isEqualTo(SETTINGS.tenant().toString());
        assertThat(activity.at("/recipient/id").asText()).isEqualTo("28:" + SETTINGS.appId());
        assertThat(activity.at("/value/trigger").asText()).isEqualTo("manual");
        assertThat(activity.at("/value/action/verb").asText()).isEqualTo("reject");
        assertThat(activity.at("/value/action/data").toString()).isEqualTo("{\"id\":\"act_1\",\"reason\":\"No need\"}");

        SignedJWT token =
                SignedJWT.parse(bot.last().headers().get("Authorization").substring("Bearer ".length()));
        assertThat(token.verify(new RSASSAVerifier(published(token.getHeader().getKeyID()))))
                .isTrue();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("https://api.botframework.com");
        assertThat(claims.getAudience()).containsExactly(SETTINGS.appId().toString());
        assertThat(claims.getStringClaim("serviceurl")).isEqualTo(chat.teams().serviceUrl());
        assertThat(claims.getExpirationTime().toInstant()).isAfter(clock.instant());
        assertThat(claims.getNotBeforeTime().toInstant()).isBefore(clock.instant());
    }

    private com.nimbusds.jose.jwk.RSAKey published(String keyId) throws Exception {
        JsonNode metadata = get(chat.url() + "/botframework/v1/.well-known/openidconfiguration");
        assertThat(metadata.path("issuer").asText()).isEqualTo("https://api.botframework.com");
        JsonNode keys = get(metadata.path("jwks_uri").asText());
        assertThat(keys.at("/keys/0/endorsements/0").asText()).isEqualTo("msteams");
        return JWKSet.parse(keys.toString()).getKeyByKeyId(keyId).toRSAKey();
    }

    private JsonNode get(String url) {
        return Call.json(send(HttpRequest.newBuilder(URI.create(url)).build()).body());
    }

    @Test
    void shouldForgeATokenThatThePublishedKeysDoNotVerify() throws Exception {
        // When
        SignedJWT forged = SignedJWT.parse(chat.teams().forgedToken());

        // Then
        assertThat(forged.verify(new RSASSAVerifier(published(forged.getHeader().getKeyID()))))
                .isFalse();
    }

    @Test
    void shouldShowAnAnswersCardToThatPersonOnlyUntilTheNextUpdate() {
        // Given
        String id = post();
        bot.answers(200, invokeAnswer(AdaptiveCards.CONTENT_TYPE, OWN));

        // When
        chat.teams().click(Persona.REVIEWER, DATA, id, "approve");

        // Then
        assertThat(chat.teams().card(Persona.REVIEWER, DATA, id).map(TeamsMessage::words))
                .hasValueSatisfying(words -> assertThat(words).contains("Yours"));
        assertThat(chat.teams().card(Persona.OWNER, DATA, id).map(TeamsMessage::words))
                .hasValueSatisfying(words -> assertThat(words).contains("Export"));

        // When
        call("PUT", "v3/conversations/%s/activities/%s".formatted(encoded(DATA), id), message(CARD));

        // Then
        assertThat(chat.teams().hasOwnCard(Persona.REVIEWER, DATA, id)).isFalse();
    }

    @Test
    void shouldRefreshForThosePeopleThatTheCardNames() {
        // Given
        String id = post();
        bot.answers(200, invokeAnswer(AdaptiveCards.CONTENT_TYPE, OWN));

        // When / Then
        assertThat(chat.teams().refresh(Persona.OWNER, DATA, id)).isEmpty();
        assertThat(bot.count()).isZero();
        assertThat(chat.teams().refresh(Persona.REVIEWER, DATA, id))
                .hasValueSatisfying(answer -> assertThat(answer.isAccepted()).isTrue());
        assertThat(Call.json(bot.last().body()).at("/value/trigger").asText()).isEqualTo("automatic");
        assertThat(chat.teams().hasOwnCard(Persona.REVIEWER, DATA, id)).isTrue();
    }

    @Test
    void shouldTellThePersonWhatTeamsMakesOfTheAnswer() {
        // Given
        String id = post();

        // When / Then
        for (String bad : List.of(
                "",
                "{}",
                invokeAnswer(AdaptiveCards.CONTENT_TYPE, "{\"type\":\"AdaptiveCard\",\"version\":\"9.9\"}"),
                "{\"statusCode\":500,\"type\":\"application/vnd.microsoft.error\",\"value\":{\"code\":\"x\",\"message\":\"\"}}")) {
            bot.answers(200, bad);
            assertThat(chat.teams().click(Persona.REVIEWER, DATA, id, "approve").problem())
                    .contains("went wrong");
        }
        bot.answers(
                200,
                "{\"statusCode\":400,\"type\":\"application/vnd.microsoft.error\",\"value\":{\"code\":\"x\",\"message\":\"Not yours\"}}");
        assertThat(chat.teams().click(Persona.REVIEWER, DATA, id, "approve").problem())
                .isEqualTo("Not yours");
        bot.answers(200, invokeAnswer("application/vnd.microsoft.activity.message", "\"Recorded\""));
        assertThat(chat.teams().click(Persona.REVIEWER, DATA, id, "approve").message())
                .hasValue("Recorded");
        assertThat(chat.teams().click(Persona.REVIEWER, DATA, id, "reject").problem())
                .isEqualTo("Say why");
        assertThat(chat.teams().hasOwnCard(Persona.REVIEWER, DATA, id)).isFalse();
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
