package io.obstat.decision.jose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The public keys under which what this service signs, and what it has signed before, can be checked. A key that signs no more stays here: its
 * grants are still good until they expire, and its statements lie in ledgers for years.
 */
public final class PublishedKeys {

    private static final String REMEDY =
            "; it must hold a JWK Set (RFC 7517 §5) of public Ed25519 keys, as /.well-known/jwks.json said it";

    private final List<OctetKeyPair> keys;

    private PublishedKeys(List<OctetKeyPair> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The key that signs now, and no other. */
    public static PublishedKeys of(SigningKey current) {
        return new PublishedKeys(List.of(current.published()));
    }

    /**
     * The key that signs now and those that did before.
     *
     * @param retired a file with a JWK Set
     * @throws IllegalStateException when the file is not there, or holds anything but public Ed25519 keys, each under an id of its own; the
     *     message names the file
     */
    public static PublishedKeys read(SigningKey current, Path retired) {
        var keys = new ArrayList<>(List.of(current.published()));
        try {
            for (JWK jwk : JWKSet.parse(Files.readString(retired)).getKeys()) {
                OctetKeyPair key = publicKey(jwk);
                if (!key.equals(current.published())) {
                    keys.add(key);
                }
            }
            if (keys.stream().map(OctetKeyPair::getKeyID).distinct().count() < keys.size()) {
                throw new IllegalArgumentException("it holds two keys under one kid");
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot read the retired keys file %s (%s)".formatted(retired, e) + REMEDY, e);
        } catch (ParseException | IllegalArgumentException e) {
            // The parser's own message may quote the file.
            String problem = e instanceof ParseException ? "it holds no JWK Set" : e.getMessage();
            throw new IllegalStateException(
                    "The retired keys file %s is not usable: %s".formatted(retired, problem) + REMEDY);
        }
        return new PublishedKeys(keys);
    }

    /** The key that signs now first. */
    public JWKSet asJwks() {
        return new JWKSet(List.copyOf(keys));
    }

    List<OctetKeyPair> keys() {
        return keys;
    }

    private static OctetKeyPair publicKey(JWK jwk) {
        if (!(jwk instanceof OctetKeyPair key) || !Curve.Ed25519.equals(key.getCurve())) {
            throw new IllegalArgumentException("it holds another kind of key");
        }
        if (key.isPrivate()) {
            throw new IllegalArgumentException("it holds a private key, which belongs nowhere now");
        }
        return SigningKey.published(key);
    }
}
