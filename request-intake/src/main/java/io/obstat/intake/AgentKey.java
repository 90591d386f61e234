package io.obstat.intake;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key with which an agent signs its intents.
 *
 * @param kid its name, unique in the registry; 1 to 128 characters
 * @param publicKey Ed25519
 */
public record AgentKey(String kid, PublicKey publicKey) {

    /** SPEC: RFC 8410 §4, the SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;

    public AgentKey {
        Required.text("kid", kid, 128);
        Required.present("publicKey", publicKey);
    }

    /**
     * The key of a JWK.
     *
     * @param x SPEC: RFC 8037 §2, the 32 bytes of the public key in base64url
     * @throws InvalidFieldException when it is no Ed25519 public key
     */
    public static AgentKey ofJwk(String kid, String x) {
        byte[] raw = raw(x);
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + KEY_BYTES);
        System.arraycopy(raw, 0, encoded, PREFIX.length, KEY_BYTES);
        try {
            return new AgentKey(kid, KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new InvalidFieldException("x", "is not the public part of an Ed25519 key: " + e.getMessage());
        }
    }

    private static byte[] raw(String x) {
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(x);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("x", "is not base64url; paste the x of the public JWK");
        }
        if (raw.length != KEY_BYTES) {
            throw new InvalidFieldException(
                    "x", "is %d bytes, an Ed25519 public key has %d".formatted(raw.length, KEY_BYTES));
        }
        return raw;
    }
}
