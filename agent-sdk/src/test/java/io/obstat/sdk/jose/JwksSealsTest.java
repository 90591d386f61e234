package io.obstat.sdk.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.json.Json;
import io.obstat.sdk.Seals;
import io.obstat.sdk.Signer;
import io.obstat.sdk.UnreachableException;
import io.obstat.sdk.UntrustedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JwksSealsTest {

    private static final String TYPE = "obstat-decision+jwt";

    private final Signer first = new Signer("key-1");
    private final Signer second = new Signer("key-2");
    private final List<Map<String, String>> published = new ArrayList<>(List.of(first.jwk()));
    private final AtomicInteger fetches = new AtomicInteger();
    private boolean away;
    private Instant now = Instant.parse("2026-11-22T09:00:00Z");
    private final Seals seals = new JwksSeals(this::document, () -> now);

    @Test
    void shouldFetchTheKeysOnce() throws InterruptedException {
        // Given / When
        for (int i = 0; i < 5; i++) {
            assertThat(seals.statement(first.sign(TYPE, Map.of("sub", "a"))).subject())
                    .isEqualTo("a");
        }

        // Then
        assertThat(fetches).hasValue(1);
    }

    @Test
    void shouldSeeARotation() throws InterruptedException {
        // Given
        seals.statement(first.sign(TYPE, Map.of()));
        published.add(second.jwk());
        now = now.plus(Duration.ofSeconds(10));

        // When / Then
        assertThat(seals.statement(second.sign(TYPE, Map.of("sub", "b"))).subject())
                .isEqualTo("b");
    }

    @Test
    void shouldStopTrustingAKeyThatIsPublishedNoMore() throws InterruptedException {
        // Given a key that was good, and is withdrawn
        String token = first.sign(TYPE, Map.of("sub", "a"));
        seals.statement(token);
        published.clear();
        published.add(second.jwk());

        // When, Then
        now = now.plus(Duration.ofMinutes(9));
        assertThat(seals.statement(token).subject()).isEqualTo("a");
        now = now.plus(Duration.ofMinutes(1));
        assertThatThrownBy(() -> seals.statement(token))
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("does not publish");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void shouldTrustNoOldKeysWhenTheNewOnesCannotBeHad() throws InterruptedException {
        // Given
        String token = first.sign(TYPE, Map.of("sub", "a"));
        seals.statement(token);
        away = true;

        // When, Then
        now = now.plus(Duration.ofMinutes(10));
        assertThatThrownBy(() -> seals.statement(token)).isInstanceOf(UnreachableException.class);
        away = false;
        assertThat(seals.statement(token).subject()).isEqualTo("a");
    }

    @Test
    void shouldNotBeMadeToFetchByMadeUpKeyIds() throws InterruptedException {
        // Given
        seals.statement(first.sign(TYPE, Map.of()));

        // When
        for (int i = 0; i < 100; i++) {
            String token = new Signer("made-up-" + i).sign(TYPE, Map.of());
            assertThatThrownBy(() -> seals.statement(token)).isInstanceOf(UntrustedException.class);
        }

        // Then
        assertThat(fetches).hasValue(1);
    }

    @Test
    void shouldRefuseAnyChangedCharacter() throws InterruptedException {
        // Given
        String token = first.sign(TYPE, Map.of("sub", "a", "action_id", "x"));
        seals.statement(token);

        // When / Then; the last character of base64url may carry unused bits
        for (int i = 0; i < token.length() - 1; i++) {
            char changed = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + changed + token.substring(i + 1);
            assertThatThrownBy(() -> seals.statement(forged)).as("at " + i).isInstanceOf(UntrustedException.class);
        }
    }

    @Test
    void shouldVerifyThePublishedVector() throws Exception {
        // Given RFC 8032 §7.1, test 2
        var key = Ed25519.publicKey(
                HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        byte[] signature = HexFormat.of()
                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

        // When / Then
        assertThat(Ed25519.verifies(key, new byte[] {0x72}, signature)).isTrue();
        assertThat(Ed25519.verifies(key, new byte[] {0x73}, signature)).isFalse();
        assertThat(Ed25519.verifies(key, new byte[] {0x72}, new byte[3])).isFalse();
    }

    @Test
    void shouldVerifyThePublishedJws() throws InterruptedException {
        // Given RFC 8037 Appendix A.4: key and signature are right, so it is the missing kid and typ that are refused
        Seals rfc = new JwksSeals(
                () ->
                        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
                () -> now);
        String jws = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

        // When / Then
        assertThatThrownBy(() -> rfc.statement(jws)).hasMessageContaining("typ null");
    }

    @Test
    void shouldRefuseKeysThatAreNone() {
        // Given
        for (String document : List.of(
                "", "{}", "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"key-1\",\"x\":\"AA\"}]}")) {
            Seals broken = new JwksSeals(() -> document, () -> now);

            // When / Then
            assertThatThrownBy(() -> broken.statement(first.sign(TYPE, Map.of())))
                    .isInstanceOf(UntrustedException.class);
        }
    }

    @Test
    void shouldRefuseClaimsThatAreNoJson() {
        // Given a good signature over a payload that is no claims set
        String header = Signer.encoded(Map.of("alg", "EdDSA", "kid", "key-1", "typ", TYPE));
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString("[]".getBytes(StandardCharsets.UTF_8));

        // When / Then
        assertThatThrownBy(() -> seals.statement(header + "." + payload + ".AAAA"))
                .isInstanceOf(UntrustedException.class);
    }

    private String document() {
        if (away) {
            throw new UnreachableException("a test says so");
        }
        fetches.incrementAndGet();
        return new String(Json.write(Map.of("keys", published)), StandardCharsets.UTF_8);
    }
}
