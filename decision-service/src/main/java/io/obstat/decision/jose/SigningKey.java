package io.obstat.decision.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** The Ed25519 key pair that signs decisions and grants. Its key id is the JWK's, or its RFC 7638 thumbprint. */
public final class SigningKey {

    private static final String REMEDY =
            "; it must hold one Ed25519 private JWK (RFC 8037): kty OKP, crv Ed25519, x, d";

    private final OctetKeyPair published;
    private final Ed25519PrivateKeyParameters privateKey;

    private SigningKey(OctetKeyPair published, Ed25519PrivateKeyParameters privateKey) {
        this.published = published;
        this.privateKey = privateKey;
    }

    /** @throws IllegalStateException when the file is not there or holds no such key; the message names the file, never the key */
    public static SigningKey read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the signing key file %s (%s)".formatted(file, e) + REMEDY, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The signing key file %s is not usable: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** @throws IllegalArgumentException when it is no Ed25519 private JWK */
    public static SigningKey parse(String jwk) {
        try {
            if (!(JWK.parse(jwk) instanceof OctetKeyPair pair)
                    || !Curve.Ed25519.equals(pair.getCurve())
                    || pair.getD() == null) {
                throw new IllegalArgumentException("it holds another kind of key" + REMEDY);
            }
            byte[] seed = pair.getDecodedD();
            if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
                throw new IllegalArgumentException("d is %d bytes, not 32".formatted(seed.length) + REMEDY);
            }
            var privateKey = new Ed25519PrivateKeyParameters(seed);
            Base64URL x = Base64URL.encode(privateKey.generatePublicKey().getEncoded());
            if (!x.equals(pair.getX())) {
                throw new IllegalArgumentException("x is not the public key of d" + REMEDY);
            }
            return new SigningKey(published(pair), privateKey);
        } catch (ParseException | IllegalStateException e) {
            // The parser's own message may quote the key.
            throw new IllegalArgumentException("it holds no JWK" + REMEDY);
        }
    }

    public String keyId() {
        return published.getKeyID();
    }

    /** The public half, for the JWKS. */
    public OctetKeyPair published() {
        return published;
    }

    Ed25519PrivateKeyParameters privateKey() {
        return privateKey;
    }

    /** The public half under its key id, for signatures only. */
    static OctetKeyPair published(OctetKeyPair pair) {
        try {
            String keyId = pair.getKeyID() == null ? pair.computeThumbprint().toString() : pair.getKeyID();
            return new OctetKeyPair.Builder(Curve.Ed25519, pair.getX())
                    .keyID(keyId)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }
}
