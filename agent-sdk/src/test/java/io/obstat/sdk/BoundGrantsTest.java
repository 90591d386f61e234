package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.Outcome;
import io.obstat.sdk.jose.ProofKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An agent proves its key with what it asks and what it redeems, and with nothing else. */
class BoundGrantsTest {

    private final FakeObstat obstat = new FakeObstat();

    @AfterEach
    void close() {
        obstat.close();
        assertThat(obstat.violations).isEmpty();
    }

    @Test
    void shouldProveItsKeyAnewWithEverySending() throws Exception {
        // Given services whose first answers to both calls are lost or busy
        ProofKey key = ProofKey.generate();
        obstat.outcome = Outcome.ALLOWED;
        obstat.trouble("POST /v1/actions", FakeObstat.Kind.LOST_ANSWER, 1);

        // When
        try (ObstatClient client = obstat.connection().bindGrantsTo(key).connect()) {
            assertThat(client.run(NothingRunsWithoutGrantTest.draft(), redeemed -> "done"))
                    .isInstanceOf(Attempt.Ran.class);
        }

        // Then
        assertThat(obstat.proofs).hasSize(3);
        Set<String> ids = new HashSet<>();
        for (String proof : obstat.proofs) {
            String[] parts = proof.split(" ", -1);
            SignedJWT jwt = SignedJWT.parse(parts[2]);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            assertThat(jwt.getHeader().getType().getType()).isEqualTo("dpop+jwt");
            assertThat(jwt.getHeader().getJWK().isPrivate()).isFalse();
            assertThat(jwt.getHeader().getJWK().computeThumbprint()).hasToString(key.thumbprint());
            assertThat(jwt.verify(new ECDSAVerifier(jwt.getHeader().getJWK().toECKey())))
                    .isTrue();
            assertThat(claims.getStringClaim("htm")).isEqualTo(parts[0]);
            assertThat(claims.getStringClaim("htu")).isEqualTo(obstat.address() + parts[1]);
            assertThat(claims.getStringClaim("ath")).hasSize(43);
            assertThat(claims.getIssueTime().toInstant())
                    .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
            ids.add(claims.getJWTID());
        }
        assertThat(ids).hasSize(3);
        assertThat(obstat.proofs.getLast()).startsWith("POST /v1/grants/redeem");
    }

    @Test
    void shouldTakeKeysOfItsCurveOnly() throws GeneralSecurityException {
        // Given
        var other = KeyPairGenerator.getInstance("EC");
        other.initialize(new ECGenParameterSpec("secp384r1"));

        // Then
        assertThatThrownBy(() -> ProofKey.of(other.generateKeyPair()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-256");
    }
}
