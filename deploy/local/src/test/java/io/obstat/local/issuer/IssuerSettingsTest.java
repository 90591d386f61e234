package io.obstat.local.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class IssuerSettingsTest {

    private static JsonNode settings() throws IOException {
        return new ObjectMapper()
                .readTree(
                        new IssuerSettings(Person.all(), Path.of("/home/sign-in.html"), "{\"kty\":\"RSA\"}").render());
    }

    private static Stream<JsonNode> mappings(String parameter) throws IOException {
        JsonNode all = settings().at("/tokenCallbacks/0/requestMappings");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(mapping -> mapping.path("requestParam").asText().equals(parameter));
    }

    @Test
    void shouldGiveEachPersonTheirGroupsAndTheServicesAudience() throws IOException {
        // When
        JsonNode claims = mappings("subject")
                .filter(mapping -> mapping.path("match").asText().equals("second-reviewer"))
                .findFirst()
                .orElseThrow()
                .path("claims");

        // Then
        assertThat(claims.path("sub").asText()).isEqualTo("second-reviewer");
        assertThat(claims.path("email").asText()).isEqualTo("second-reviewer@example.com");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("groups")).extracting(JsonNode::asText).containsExactly("data-governance", "oncall");
        assertThat(claims.path("aud")).extracting(JsonNode::asText).contains("obstat", "${client_id}");
        assertThat(claims.has("act")).isFalse();
    }

    @Test
    void shouldMarkADelegatedTokenAsTheAgents() throws IOException {
        // When
        JsonNode mapping = mappings("scope")
                .filter(one -> Pattern.matches(one.path("match").asText(), "on-behalf-of:owner"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(mapping.at("/claims/sub").asText()).isEqualTo("owner");
        assertThat(mapping.at("/claims/act/sub").asText()).isEqualTo("${client_id}");
        assertThat(mapping.at("/claims/groups")).extracting(JsonNode::asText).containsExactly("agents");
    }

    @Test
    void shouldKnowTheNotifierAsNoAgent() throws IOException {
        // When
        JsonNode claims = mappings("client_id").findFirst().orElseThrow().path("claims");

        // Then
        assertThat(claims.path("groups")).extracting(JsonNode::asText).containsExactly("notifiers");
        assertThat(claims.path("aud")).extracting(JsonNode::asText).containsExactly("obstat");
    }

    @Test
    void shouldFindTheScopeAmongOthersAndNotInPartOfOne() throws IOException {
        // When
        Pattern match = Pattern.compile(mappings("scope")
                .map(mapping -> mapping.path("match").asText())
                .filter(text -> text.contains(":owner"))
                .findFirst()
                .orElseThrow());

        // Then
        assertThat(match.matcher("openid on-behalf-of:owner profile").matches()).isTrue();
        assertThat(match.matcher("on-behalf-of:owners").matches()).isFalse();
        assertThat(match.matcher("not-on-behalf-of:owner").matches()).isFalse();
    }

    @Test
    void shouldTryDelegationBeforeTheAgentItself() throws IOException {
        // When
        JsonNode all = settings().at("/tokenCallbacks/0/requestMappings");

        // Then
        assertThat(all.get(0).path("requestParam").asText()).isEqualTo("scope");
        assertThat(all.get(all.size() - 1).path("match").asText()).isEqualTo("client_credentials");
    }

    @Test
    void shouldSignWithTheKeyOfThisInstallation() throws IOException {
        // When / Then
        assertThat(settings().at("/tokenProvider/keyProvider/initialKeys").asText())
                .isEqualTo("{\"kty\":\"RSA\"}");
    }

    @Test
    void shouldOfferEachPersonAButtonThatSaysWhoTheyAre() {
        // When
        String page = LoginPage.render(Person.all());

        // Then
        assertThat(page).contains("Sign in as reviewer", "data-governance, auditors", "value=\"second-reviewer\"");
        assertThat(Pattern.compile("<button").matcher(page).results().count())
                .isEqualTo(Person.all().size());
        assertThat(page).doesNotContain("<input", "%%", "%s");
    }
}
