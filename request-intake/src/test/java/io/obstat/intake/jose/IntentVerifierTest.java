package io.obstat.intake.jose;

import static io.obstat.intake.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import io.obstat.contracts.json.Json;
import io.obstat.intake.Samples;
import io.obstat.intake.json.Garbage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntentVerifierTest {

    private final IntentVerifier verifier = new IntentVerifier(Samples.registry());

    @Test
    void shouldTakeAnIntentThatARegisteredKeySigned() {
        // Given
        ObjectNode claims = claims().put("onBehalfOf", "dana").put("exp", NOW.getEpochSecond() + 60);
        // When
        Intent intent = verifier.verify(Signer.sign(Signer.header(), claims), NOW);
        // Then
        assertThat(intent).isInstanceOfSatisfying(Intent.Authentic.class, authentic -> {
            assertThat(authentic.verified())
                    .isEqualTo(new Verified(
                            Samples.ETL,
                            Samples.OWNER,
                            new Person("dana", "dana@example.com"),
                            Verified.Method.JWS,
                            "etl-agent-1"));
            assertThat(authentic.key().value()).isEqualTo("jti-1");
        });
    }

    @Test
    void shouldBindTheGrantToTheKeyThatTheIntentNames() {
        // Given
        String thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
        ObjectNode claims = claims();
        claims.putObject("cnf").put("jkt", thumbprint);
        // When
        Intent intent = verifier.verify(Signer.sign(Signer.header(), claims), NOW);
        // Then
        assertThat(intent)
                .isInstanceOfSatisfying(
                        Intent.Authentic.class,
                        authentic ->
                                assertThat(authentic.verified().keyThumbprint()).isEqualTo(thumbprint));
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                header("alg", header -> header.put("alg", "none"), "no compact JWS"),
                header("alg", header -> header.put("alg", "HS256"), "The alg is \"HS256\""),
                header("alg", header -> header.put("alg", "RS256"), "The alg is \"RS256\""),
                header("typ", header -> header.remove("typ"), "The typ is missing"),
                header("typ", header -> header.put("typ", "JWT"), "The typ is \"JWT\""),
                header("typ", header -> header.put("typ", "obstat-grant+jwt"), "The typ is"),
                header("crit", header -> header.putArray("crit").add("exp"), "critical"),
                header("kid", header -> header.remove("kid"), "The kid is missing"),
                header("kid", header -> header.put("kid", "other"), "The kid \"other\" is not registered"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badHeaders")
    void shouldRefuseAHeaderThatIsNotInOrder(String field, Consumer<ObjectNode> change, String reason) {
        // Given
        ObjectNode header = Signer.header();
        change.accept(header);
        // When
        Intent intent = verifier.verify(Signer.sign(header, claims()), NOW);
        // Then
        assertThat(refusal(intent)).contains(reason);
    }

    static Stream<Arguments> badClaims() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                claim(claims -> claims.put("iss", "ops-agent"), "belongs to etl-agent"),
                claim(claims -> claims.remove("iss"), "iss is missing"),
                claim(claims -> claims.put("aud", "other"), "The aud is \"other\""),
                claim(claims -> claims.putArray("aud").add("obstat"), "aud"),
                claim(claims -> claims.put("iat", now - 86_401), "older than 24 h"),
                claim(claims -> claims.put("iat", now + 61), "ahead of the clock"),
                claim(claims -> claims.put("iat", "now"), "iat"),
                claim(claims -> claims.put("iat", 1.5), "iat"),
                claim(claims -> claims.put("exp", now), "is over"),
                claim(claims -> claims.put("jti", "two words"), "The jti must be"),
                claim(claims -> claims.remove("jti"), "jti is missing"),
                claim(claims -> claims.put("onBehalfOf", "mallory"), "may not act for \"mallory\""),
                claim(
                        claims -> claims.putObject("cnf").put("jkt", "short"),
                        "The cnf.jkt must be the SHA-256 thumbprint"),
                claim(claims -> claims.putObject("cnf"), "cnf.jkt"),
                claim(claims -> claims.put("admin", true), "admin is not a known field"),
                claim(claims -> claims.remove("action"), "action is missing"),
                claim(claims -> claims.set("action", new TextNode("x")), "no JSON object"),
                claim(claims -> claims.withObject("action").put("agent", "root"), "agent is not a known field"),
                claim(claims -> claims.withObject("action").remove("intent"), "intent is missing"),
                claim(
                        claims -> claims.withObject("action")
                                .putObject("parameters")
                                .put("big", "x".repeat(33_000)),
                        "at most 32768 are allowed"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badClaims")
    void shouldRefuseClaimsThatAreNotInOrder(Consumer<ObjectNode> change, String reason) {
        // Given
        ObjectNode claims = claims();
        change.accept(claims);
        // When
        Intent intent = verifier.verify(Signer.sign(Signer.header(), claims), NOW);
        // Then
        assertThat(refusal(intent)).contains(reason);
    }

    @Test
    void shouldTakeTimesUpToTheirBounds() {
        // Given
        long now = NOW.getEpochSecond();
        ObjectNode oldest = claims().put("iat", now - 86_400);
        ObjectNode newest = claims().put("iat", now + 60).put("exp", now + 1);
        // When
        // Then
        assertThat(verifier.verify(Signer.sign(Signer.header(), oldest), NOW)).isInstanceOf(Intent.Authentic.class);
        assertThat(verifier.verify(Signer.sign(Signer.header(), newest), NOW)).isInstanceOf(Intent.Authentic.class);
    }

    @Test
    void shouldRefuseAClaimThatIsThereTwice() {
        // Given
        String claims = new String(Json.write(claims()), StandardCharsets.UTF_8);
        String twice = claims.replaceFirst("\\{", "{\"iss\":\"ops-agent\",");
        // When
        Intent intent = verifier.verify(Signer.sign(Signer.header(), twice.getBytes(StandardCharsets.UTF_8)), NOW);
        // Then
        assertThat(refusal(intent)).contains("iss is there twice");
    }

    @Test
    void shouldNotTakeAKeyThatTheIntentBringsAlong() {
        // Given a header with a key of its own, under a kid that is not registered
        ObjectNode header = Signer.header().put("kid", "mine");
        header.putObject("jwk")
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        // When
        Intent intent = verifier.verify(Signer.sign(header, claims()), NOW);
        // Then
        assertThat(refusal(intent)).contains("not registered");
    }

    @Test
    void shouldRefuseWhateverIsChangedAfterSigning() {
        String[] parts = Signer.sign(Signer.header(), claims()).split("\\.");
        byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
        for (int seed = 0; seed < 2_000; seed++) {
            // Given
            byte[] changed = Garbage.of(payload, new Random(seed));
            if (java.util.Arrays.equals(changed, payload)) {
                continue;
            }
            String jws =
                    parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(changed) + "." + parts[2];
            // When
            Intent intent = verifier.verify(jws, NOW);
            // Then
            assertThat(intent).as("seed %d", seed).isInstanceOf(Intent.Refused.class);
        }
    }

    @Test
    void shouldRefuseGarbageWithAReason() {
        byte[] sound = Signer.sign(Signer.header(), claims()).getBytes(StandardCharsets.US_ASCII);
        for (int seed = 0; seed < 5_000; seed++) {
            // Given
            String garbage = new String(Garbage.of(sound, new Random(seed)), StandardCharsets.UTF_8);
            // When
            Intent intent = verifier.verify(garbage, NOW);
            // Then
            if (intent instanceof Intent.Authentic) {
                // base64url text has spare bits at its end, and nothing else that could be changed unnoticed.
                assertThat(garbage.substring(0, garbage.length() - 1))
                        .as("seed %d", seed)
                        .isEqualTo(new String(sound, 0, sound.length - 1, StandardCharsets.US_ASCII));
            } else {
                assertThat(refusal(intent)).as("seed %d", seed).isNotBlank();
            }
        }
    }

    private static ObjectNode claims() {
        return Signer.claims("jti-1", NOW, Samples.requestJson());
    }

    private static Arguments header(String field, Consumer<ObjectNode> change, String reason) {
        return Arguments.of(field, change, reason);
    }

    private static Arguments claim(Consumer<ObjectNode> change, String reason) {
        return Arguments.of(change, reason);
    }

    private static String refusal(Intent intent) {
        assertThat(intent).isInstanceOf(Intent.Refused.class);
        return ((Intent.Refused) intent).reason();
    }
}
