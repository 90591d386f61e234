package io.obstat.local.chat.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Call;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Teams sends when people click, and what it makes of the answer. */
class TeamsInteractionsTest extends BotOfTeams {

    private static String invokeAnswer(String type, String value) {
        return "{\"statusCode\":200,\"type\":\"%s\",\"value\":%s}".formatted(type, value);
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
}
