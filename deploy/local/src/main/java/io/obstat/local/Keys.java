package io.obstat.local;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.text.ParseException;
import java.util.Arrays;

/** Ed25519 keys as private JWKs, made the first time, readable by their owner only. */
final class Keys {

    private static final int RAW_BYTES = 32;

    private Keys() {}

    /** The key in this file; a new one when there is none. */
    static OctetKeyPair loadOrMake(Path file, String kid) {
        try {
            if (Files.exists(file)) {
                return OctetKeyPair.parse(Files.readString(file));
            }
            OctetKeyPair made = make(kid);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, made.toJSONString().getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
            return made;
        } catch (ParseException e) {
            throw new IllegalStateException("%s is no Ed25519 JWK; delete it, or start with --fresh".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read or write " + file, e);
        }
    }

    private static OctetKeyPair make(String kid) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            // SPEC: RFC 8032 §5.1.5. The encoded key is the tail of its SubjectPublicKeyInfo.
            byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
            byte[] point = Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
                    .d(Base64URL.encode(secret))
                    .keyID(kid)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no Ed25519; it came with JDK 15", e);
        }
    }
}
