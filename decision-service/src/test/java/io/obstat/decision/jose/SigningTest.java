package io.obstat.decision.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.Grant;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Told;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Examples;
import io.obstat.decision.Ruling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {

    private static final URI ISSUER = URI.create("http://decisions.example.com");
    private static final Instant UNTIL = Examples.NOON.plus(Duration.ofMinutes(15));

    private static final Told YES = new Told(DecidedBy.POLICY, "yes", null, null, Examples.NOON);
    private static final Told NO =
            new Told(DecidedBy.POLICY, "no", "Export a sample of 100 rows", UNTIL.plusMillis(123), Examples.NOON);

    private final SigningKey key = SigningKey.parse(TestKeys.newEd25519Jwk());
    private final JwtNotary notary = new JwtNotary(key, ISSUER);
    private final ActionRequested request = Examples.request("signing");

    @Test
    void shouldSayInTheGrantWhatItIsGoodFor() throws ParseException, IOException {
        // Given
        Grant grant = notary.grant(request, Examples.NOON.plusMillis(123), UNTIL.plusMillis(123));

        // When
        SignedJWT jwt = SignedJWT.parse(grant.token());

        // Then
        assertThat(jwt.getHeader().toString())
                .contains("\"alg\":\"EdDSA\"", "\"typ\":\"obstat-grant+jwt\"", "\"kid\":\"" + key.keyId() + "\"");
        String expected = """
                {"iss": "http://decisions.example.com", "sub": "etl-agent", "aud": "obstat", "exp": %d, "iat": %d, "jti": "%s",
                 "action_id": "%s", "action_digest": "%s", "uses": 1,
                 "authorization_details": [{"type": "obstat_action", "action_type": "data.export",
                   "locations": ["postgres://prod/customers"], "environment": "production", "digest": "%s"}]}""".formatted(
                        UNTIL.getEpochSecond(),
                        Examples.NOON.getEpochSecond(),
                        grant.id(),
                        request.actionId(),
                        request.digest(),
                        request.digest());
        assertThat(Json.events().readTree(jwt.getPayload().toString()))
                .isEqualTo(Json.events().readTree(expected));
        assertThat(grant.expiresAt()).isEqualTo(UNTIL);
    }

    @Test
    void shouldSignWhatTheAgentIsTold() throws ParseException, IOException {
        // Given
        String statement = notary.statement(request, new Ruling(Outcome.DENIED, NO, List.of()), null);

        // When
        SignedJWT jwt = SignedJWT.parse(statement);

        // Then
        assertThat(jwt.getHeader().getType()).hasToString("obstat-decision+jwt");
        String expected =
                """
                {"iss": "http://decisions.example.com", "sub": "etl-agent", "iat": %d, "action_id": "%s", "action_digest": "%s",
                 "outcome": "denied", "told": "%s"}""".formatted(Examples.NOON.getEpochSecond(), request.actionId(), request.digest(), NO.digest());
        assertThat(Json.events().readTree(jwt.getPayload().toString()))
                .isEqualTo(Json.events().readTree(expected));
    }

    @Test
    void shouldMintTheSameGrantAndStatementAgain() {
        // Given
        var ruling = new Ruling(Outcome.DENIED, NO, List.of());

        // When
        Grant again = notary.grant(request, Examples.NOON, UNTIL);

        // Then
        assertThat(again).isEqualTo(notary.grant(request, Examples.NOON, UNTIL));
        assertThat(notary.statement(request, ruling, null)).isEqualTo(notary.statement(request, ruling, null));
    }

    @Test
    void shouldRecogniseItsOwnGrantsOnly() {
        // Given
        var grants = new PresentedGrants(PublishedKeys.of(key), ISSUER);
        Grant grant = notary.grant(request, Examples.NOON, UNTIL);
        var ruling = new Ruling(Outcome.ALLOWED, YES, List.of());
        SigningKey foreignKey = SigningKey.parse(TestKeys.newEd25519Jwk());
        List<String> strangers = List.of(
                new JwtNotary(foreignKey, ISSUER)
                        .grant(request, Examples.NOON, UNTIL)
                        .token(),
                new JwtNotary(key, URI.create("http://elsewhere.example.com"))
                        .grant(request, Examples.NOON, UNTIL)
                        .token(),
                notary.statement(request, ruling, grant),
                // SPEC: RFC 8725 §3.1, a token with alg none is no token.
                "eyJhbGciOiJub25lIiwidHlwIjoib2JzdGF0LWdyYW50K2p3dCJ9.e30.",
                "a.b.c",
                "");

        // When
        var read = grants.read(grant.token());

        // Then
        assertThat(read.id()).isEqualTo(grant.id());
        assertThat(read.action()).isEqualTo(request.actionId());
        assertThat(strangers)
                .allSatisfy(token ->
                        assertThatThrownBy(() -> grants.read(token)).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void shouldTakeTheGrantsOfAKeyThatSignsNoMore(@TempDir Path folder) throws IOException {
        // Given a grant of the old key, and a new key
        Grant grant = notary.grant(request, Examples.NOON, UNTIL);
        SigningKey newKey = SigningKey.parse(TestKeys.newEd25519Jwk());
        Path retired = Files.writeString(
                folder.resolve("retired.jwks"), PublishedKeys.of(key).asJwks().toString());

        // When
        PublishedKeys keys = PublishedKeys.read(newKey, retired);

        // Then
        assertThat(keys.asJwks().getKeys()).containsExactly(newKey.published(), key.published());
        assertThat(new PresentedGrants(keys, ISSUER).read(grant.token()).id()).isEqualTo(grant.id());
        assertThatThrownBy(() -> new PresentedGrants(PublishedKeys.of(newKey), ISSUER).read(grant.token()))
                .hasMessageContaining("not signed by this service");
    }

    @Test
    void shouldSayWhatIsWrongWithAFileOfRetiredKeysAndNeverQuoteIt(@TempDir Path folder) throws IOException {
        // Given
        SigningKey other = SigningKey.parse(TestKeys.newEd25519Jwk());
        String twice = "{\"keys\":[%s,%s]}".formatted(named(key, "a"), named(other, "a"));
        var files = Map.of(
                folder.resolve("missing.jwks"), "Cannot read",
                Files.writeString(folder.resolve("no.jwks"), "secret-material"), "no JWK Set",
                Files.writeString(folder.resolve("twice.jwks"), twice), "two keys under one kid",
                Files.writeString(folder.resolve("oct.jwks"), "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}"),
                        "another kind of key",
                Files.writeString(
                                folder.resolve("private.jwks"), "{\"keys\":[%s]}".formatted(TestKeys.newEd25519Jwk())),
                        "a private key");

        // When, then
        assertThat(files)
                .allSatisfy((file, problem) -> assertThatThrownBy(() -> PublishedKeys.read(key, file))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining(problem)
                        .hasMessageContaining("JWK Set (RFC 7517")
                        .hasMessageNotContaining("secret"));
    }

    private static String named(SigningKey key, String kid) {
        return new OctetKeyPair.Builder(key.published()).keyID(kid).build().toJSONString();
    }

    @Test
    void shouldFitAGrantForTheLongestResource() {
        // Given
        var action = new Action(new ActionType("x".repeat(100)), "\"".repeat(1_024), "e".repeat(64), Parameters.none());
        var longest = new ActionRequested(
                request.actionId(),
                ActionDigest.of(Examples.AGENT, null, action),
                action,
                request.verified(),
                request.claimed(),
                Examples.NOON,
                null);

        // When
        Grant grant = notary.grant(longest, Examples.NOON, UNTIL);

        // Then
        assertThat(grant.token()).hasSizeLessThanOrEqualTo(4_096);
        assertThat(new PresentedGrants(PublishedKeys.of(key), ISSUER)
                        .read(grant.token())
                        .id())
                .isEqualTo(grant.id());
    }

    @Test
    void shouldSayWhatIsWrongWithAKeyFileAndNeverQuoteTheKey(@TempDir Path folder) throws IOException {
        // Given
        Path missing = folder.resolve("missing.jwk");
        Path publicOnly =
                Files.writeString(folder.resolve("public.jwk"), key.published().toJSONString());
        Path noJson = Files.writeString(folder.resolve("no.jwk"), "secret-material");
        Path otherKind = Files.writeString(folder.resolve("oct.jwk"), "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}");

        // When
        var files = List.of(missing, publicOnly, noJson, otherKind);

        // Then
        assertThat(files)
                .allSatisfy(file -> assertThatThrownBy(() -> SigningKey.read(file))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("Ed25519 private JWK")
                        .hasMessageNotContaining("secret"));
    }
}
