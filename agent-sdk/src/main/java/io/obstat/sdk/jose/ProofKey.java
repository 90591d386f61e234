package io.obstat.sdk.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * A key to which an agent binds its grants (RFC 9449): a grant that somebody else gets hold of is worth nothing without it. Thread safe.
 */
public final class ProofKey {

    private static final JOSEObjectType PROOF = new JOSEObjectType("dpop+jwt");

    private final ECKey key;

    private ProofKey(ECKey key) {
        this.key = key;
    }

    /** A new one, which is nowhere else. What was asked for with it can be redeemed with it only, and so by this process only. */
    public static ProofKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return of(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has P-256, this one does not", e);
        }
    }

    /**
     * One that is kept.
     *
     * @throws IllegalArgumentException when it is no key pair on the curve P-256
     */
    public static ProofKey of(KeyPair pair) {
        if (!(pair.getPublic() instanceof ECPublicKey publicKey)
                || !(pair.getPrivate() instanceof ECPrivateKey privateKey)
                || !Curve.P_256.equals(Curve.forECParameterSpec(publicKey.getParams()))) {
            throw new IllegalArgumentException("The key pair is not on the curve P-256; generate one with secp256r1");
        }
        return new ProofKey(
                new ECKey.Builder(Curve.P_256, publicKey).privateKey(privateKey).build());
    }

    /** SHA-256 of the public half as RFC 7638 has it, in base64url: the {@code cnf.jkt} of the grants that are bound to it. */
    public String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }

    /** A proof for one call, to be sent in its header {@code DPoP}. SPEC: RFC 9449 §4.2. */
    public String proof(String method, URI address, String accessToken) {
        var claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(Instant.now()))
                .claim("htm", method)
                .claim("htu", withoutQuery(address))
                .claim("ath", sha256(accessToken));
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(PROOF)
                            .jwk(key.toPublicJWK())
                            .build(),
                    claims.build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign with a key on P-256", e);
        }
    }

    private static String withoutQuery(URI address) {
        return address.toString().split("[?#]", 2)[0];
    }

    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(hash).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }
}
