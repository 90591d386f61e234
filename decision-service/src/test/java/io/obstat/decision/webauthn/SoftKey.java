package io.obstat.decision.webauthn;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Map;

/** A security key in software that can be told to lie: byte for byte what a real one and its browser would send. */
final class SoftKey {

    static final int PRESENT = 0x01;
    static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final KeyPair pair = newPair();
    private final byte[] id = newId();

    String credentialId() {
        return KeyHolder.base64url(id);
    }

    /** What the browser and the key say, where a test wants to say otherwise. */
    record Saying(String type, String challenge, String origin, String rpId, int flags, int signCount) {

        static Saying get(String challenge) {
            return new Saying("webauthn.get", challenge, "https://obstat.example.com", "obstat.example.com", 5, 1);
        }

        static Saying create(String challenge) {
            return new Saying("webauthn.create", challenge, "https://obstat.example.com", "obstat.example.com", 5, 0);
        }

        Saying type(String other) {
            return new Saying(other, challenge, origin, rpId, flags, signCount);
        }

        Saying challenge(String other) {
            return new Saying(type, other, origin, rpId, flags, signCount);
        }

        Saying origin(String other) {
            return new Saying(type, challenge, other, rpId, flags, signCount);
        }

        Saying rpId(String other) {
            return new Saying(type, challenge, origin, other, flags, signCount);
        }

        Saying flags(int other) {
            return new Saying(type, challenge, origin, rpId, other, signCount);
        }

        Saying signCount(int other) {
            return new Saying(type, challenge, origin, rpId, flags, other);
        }

        private byte[] clientData() {
            return """
                    {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}""".formatted(type, challenge, origin).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** {@code RegistrationResponseJSON}, without attestation. */
    String attestation(Saying saying) {
        byte[] attested = concat(new byte[16], new byte[] {0, (byte) id.length}, id, coseKey());
        byte[] data = concat(authenticatorData(saying, saying.flags() | ATTESTED), attested);
        byte[] object = concat(
                new byte[] {(byte) 0xa3},
                text("fmt"),
                text("none"),
                text("attStmt"),
                new byte[] {(byte) 0xa0},
                text("authData"),
                new byte[] {0x58, (byte) data.length},
                data);
        return json(Map.of("clientDataJSON", saying.clientData(), "attestationObject", object));
    }

    /** {@code AuthenticationResponseJSON}. */
    String assertion(Saying saying, KeyHolder holder) {
        byte[] data = authenticatorData(saying, saying.flags());
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(data);
            signature.update(sha256(saying.clientData()));
            return json(Map.of(
                    "clientDataJSON",
                    saying.clientData(),
                    "authenticatorData",
                    data,
                    "signature",
                    signature.sign(),
                    "userHandle",
                    java.util.Base64.getUrlDecoder().decode(holder.userHandle())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String json(Map<String, byte[]> response) {
        var fields = new StringBuilder();
        response.forEach((name, value) -> fields.append(fields.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(KeyHolder.base64url(value))
                .append('"'));
        return """
                {"id":"%1$s","rawId":"%1$s","type":"public-key","clientExtensionResults":{},"response":{%2$s}}""".formatted(credentialId(), fields);
    }

    /** SPEC: WebAuthn §6.1. */
    private static byte[] authenticatorData(Saying saying, int flags) {
        return concat(
                sha256(saying.rpId().getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) flags},
                ByteBuffer.allocate(4).putInt(saying.signCount()).array());
    }

    /** SPEC: RFC 9053 §7.1.1: kty EC2, alg ES256, crv P-256, x, y. */
    private byte[] coseKey() {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return concat(
                new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20},
                unsigned(point.getAffineX()),
                new byte[] {0x22, 0x58, 0x20},
                unsigned(point.getAffineY()));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = concat(new byte[32], bytes);
        return Arrays.copyOfRange(padded, padded.length - 32, padded.length);
    }

    private static byte[] text(String text) {
        return concat(new byte[] {(byte) (0x60 + text.length())}, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] concat(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] newId() {
        byte[] id = new byte[16];
        new SecureRandom().nextBytes(id);
        return id;
    }
}
