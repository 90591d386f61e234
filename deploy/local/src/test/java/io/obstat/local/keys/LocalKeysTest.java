package io.obstat.local.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeysTest {

    @TempDir
    private Path directory = Path.of("");

    private LocalKeys keys() {
        return new LocalKeys(directory.resolve("keys"));
    }

    @Test
    void shouldMakeAKeyOnceAndKeepIt() throws IOException {
        // Given
        String first = Files.readString(keys().decisionSigning());

        // When
        String second = Files.readString(keys().decisionSigning());

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldKeepPrivateKeysFromOthers() throws IOException {
        // When
        Path file = keys().decisionSigning();

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldMakeAPairWhosePartsBelongTogether() throws IOException, ParseException, GeneralSecurityException {
        // Given
        OctetKeyPair pair = OctetKeyPair.parse(Files.readString(keys().decisionSigning()));
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        PrivateKey secret =
                factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD()));
        PublicKey open = factory.generatePublic(publicKey(pair.getDecodedX()));
        byte[] text = {1, 2, 3};
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(secret);
        signer.update(text);

        // When
        byte[] signature = signer.sign();

        // Then
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(open);
        verifier.update(text);
        assertThat(verifier.verify(signature)).isTrue();
    }

    // SPEC: RFC 8032 §5.1.3, little-endian, the highest bit is the sign of x.
    private static EdECPublicKeySpec publicKey(byte[] x) {
        byte[] reversed = new byte[x.length];
        for (int i = 0; i < x.length; i++) {
            reversed[i] = x[x.length - 1 - i];
        }
        boolean odd = (reversed[0] & 0x80) != 0;
        reversed[0] &= 0x7f;
        return new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, reversed)));
    }

    @Test
    void shouldShowOnlyThePublicPartOfThePipelinesKey() throws IOException, ParseException {
        // When
        OctetKeyPair shown = keys().pipelinePublic();

        // Then
        OctetKeyPair kept = OctetKeyPair.parse(Files.readString(keys().pipelineSigning()));
        assertThat(shown.isPrivate()).isFalse();
        assertThat(shown.getX()).isEqualTo(kept.getX());
        assertThat(shown.getKeyID()).startsWith("nightly-pipeline-");
    }

    @Test
    void shouldMakeAnIssuerKeyThatIsItsOwn() throws ParseException {
        // When
        RSAKey one = RSAKey.parse(keys().issuer());
        RSAKey other = RSAKey.parse(new LocalKeys(directory.resolve("other")).issuer());

        // Then
        assertThat(one.isPrivate()).isTrue();
        assertThat(one.getModulus()).isNotEqualTo(other.getModulus());
    }

    @Test
    void shouldCompleteTheShippedRegistryWithThePublicKey() throws IOException {
        // Given
        String shipped = Files.readString(Path.of("config/agents.yaml"));
        OctetKeyPair key = keys().pipelinePublic();

        // When
        String rendered = AgentRegistryFile.render(shipped, key);

        // Then
        assertThat(rendered)
                .contains("keys: [{kid: %s, kty: OKP, crv: Ed25519, x: %s}]".formatted(key.getKeyID(), key.getX()))
                .doesNotContain("made by ./obstat up\n")
                .contains("id: etl-agent", "id: ops-agent", "id: nightly-pipeline");
    }

    @Test
    void shouldRefuseToWriteAPrivateKeyIntoTheRegistry() throws ParseException, IOException {
        // Given
        OctetKeyPair secret = OctetKeyPair.parse(Files.readString(keys().pipelineSigning()));

        // When / Then
        assertThatThrownBy(() -> AgentRegistryFile.render("keys: [] # made by ./obstat up", secret))
                .hasMessageContaining("public");
    }

    @Test
    void shouldRefuseARegistryWithoutASlot() {
        // When / Then
        assertThatThrownBy(() -> AgentRegistryFile.render("agents: []", keys().pipelinePublic()))
                .hasMessageContaining("exactly one line");
    }
}
