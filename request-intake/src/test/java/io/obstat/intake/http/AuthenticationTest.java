package io.obstat.intake.http;

import static io.obstat.intake.http.HttpDoorTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.obstat.contracts.json.Json;
import io.obstat.intake.Samples;
import io.obstat.intake.http.Door.Answer;
import io.obstat.intake.kafka.Road;
import io.obstat.intake.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AuthenticationTest {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Tokens tokens = new Tokens();

    @Inject
    Road road;

    @Test
    void shouldRefuseTokensThatProveNothing() throws Exception {
        // Given
        ObjectNode sound = tokens.agent("etl-agent");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(
                "expired",
                tokens.sign(
                        tokens.agent("etl-agent").put("exp", sound.get("iat").asLong() - 60)));
        bad.put("for another audience", tokens.sign(tokens.agent("etl-agent").put("aud", "elsewhere")));
        bad.put("by another issuer", tokens.sign(tokens.agent("etl-agent").put("iss", "https://evil.example")));
        bad.put("signed by a foreign key", signed(sound, JWSAlgorithm.RS256, foreignKey()));
        bad.put("HS256", signed(sound, JWSAlgorithm.HS256, new MACSigner("0123456789abcdef0123456789abcdef")));
        bad.put("unsigned", unsigned(sound));
        bad.put(
                "changed",
                tokens.sign(sound).replaceFirst("\\.[^.]+\\.", "." + payload(tokens.agent("ops-agent")) + "."));
        bad.put("no token", "garbage");
        int before = road.actions().size();
        for (Map.Entry<String, String> token : bad.entrySet()) {
            try (Door door = Door.of(token.getValue())) {
                // When
                Answer answer = door.post(Samples.requestJson());
                // Then
                assertThat(answer.status()).as(token.getKey()).isEqualTo(401);
                assertProblem(answer, 401, "unauthenticated");
                assertThat(answer.headers().get("WWW-Authenticate"))
                        .as(token.getKey())
                        .startsWith("Bearer");
            }
        }
        assertThat(road.actions()).hasSize(before);
    }

    @Test
    void shouldAskForATokenOnEveryPath() {
        // Given
        try (Door door = Door.withoutToken()) {
            // When
            // Then
            assertProblem(door.post(Samples.requestJson()), 401, "unauthenticated");
            assertProblem(door.get("/v1/actions/act_aaaaaaaaaaaaaaaaaaaaaaaaaa"), 401, "unauthenticated");
            assertProblem(door.delete("/v1/actions/act_aaaaaaaaaaaaaaaaaaaaaaaaaa"), 401, "unauthenticated");
        }
    }

    @Test
    void shouldRefuseCallersWhoMayNotAsk() throws Exception {
        // Given
        int before = road.actions().size();
        for (ObjectNode claims : new ObjectNode[] {
            tokens.person("dana", "platform"), tokens.agent("rogue"), tokens.onBehalfOf("mallory", "etl-agent")
        }) {
            try (Door door = Door.of(tokens.sign(claims))) {
                // When
                Answer asked = door.post(Samples.requestJson());
                Answer withdrawn = door.delete("/v1/actions/act_aaaaaaaaaaaaaaaaaaaaaaaaaa");
                // Then
                assertProblem(asked, 403, "forbidden");
                assertProblem(withdrawn, 403, "forbidden");
            }
        }
        assertThat(road.actions()).hasSize(before);
    }

    private static JWSSigner foreignKey() throws Exception {
        return new RSASSASigner(new RSAKeyGenerator(2048).keyID("issuer-1").generate());
    }

    private static String signed(ObjectNode claims, JWSAlgorithm algorithm, JWSSigner signer) throws Exception {
        var header = new JWSHeader.Builder(algorithm).keyID("issuer-1").build();
        var jws = new JWSObject(header, new Payload(Json.write(claims)));
        jws.sign(signer);
        return jws.serialize();
    }

    private static String unsigned(ObjectNode claims) {
        return BASE64URL.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "." + payload(claims)
                + ".";
    }

    private static String payload(ObjectNode claims) {
        return BASE64URL.encodeToString(Json.write(claims));
    }
}
