package io.obstat.local.keys;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.obstat.local.StackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The private keys of this installation, each a JWK in a file that only its owner can read, made when it is first asked for.
 *
 * @param directory where they lie
 */
public record LocalKeys(Path directory) {

    /** The pipeline whose key is made here, so that the Kafka door works at once. */
    public static final String PIPELINE = "nightly-pipeline";

    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    /** The file with the key that signs decisions and grants. */
    public Path decisionSigning() {
        Path file = directory.resolve("decision-signing.jwk");
        kept(file, LocalKeys::ed25519);
        return file;
    }

    /** The file with the key by which {@link #PIPELINE} signs its intents. */
    public Path pipelineSigning() {
        Path file = directory.resolve(PIPELINE + ".jwk");
        kept(file, LocalKeys::ed25519);
        return file;
    }

    /** The public part of the pipeline's key. */
    public OctetKeyPair pipelinePublic() {
        Path file = pipelineSigning();
        try {
            return OctetKeyPair.parse(Files.readString(file)).toPublicJWK();
        } catch (ParseException | IOException e) {
            throw new IllegalStateException("%s is no JWK; delete it, and a new one is made".formatted(file), e);
        }
    }

    /** The issuer's signing key, as a JWK. */
    public String issuer() {
        return kept(directory.resolve("issuer-signing.jwk"), LocalKeys::rsa);
    }

    private static String kept(Path file, Function<String, String> maker) {
        try {
            if (!Files.exists(file)) {
                String name = String.valueOf(file.getFileName()).replace(".jwk", "");
                StackFiles.writeSecret(file, maker.apply(name + "-" + LocalDate.now(ZoneOffset.UTC)) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    // SPEC: RFC 8037 §2, x and d are the raw 32 bytes of RFC 8032. An X.509 encoding ends in them.
    private static String ed25519(String id) {
        KeyPair pair = generate("Ed25519");
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        byte[] d = ((EdECPrivateKey) pair.getPrivate())
                .getBytes()
                .orElseThrow(() -> new IllegalStateException("An Ed25519 key without its bytes"));
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .d(Base64URL.encode(d))
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .build()
                .toJSONString();
    }

    private static String rsa(String id) {
        KeyPair pair = generate("RSA");
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .build()
                .toJSONString();
    }

    private static KeyPair generate(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
