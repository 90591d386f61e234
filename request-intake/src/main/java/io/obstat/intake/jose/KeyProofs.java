package io.obstat.intake.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPTokenRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SPEC: RFC 9449 §4.3, checks proofs that whoever posts to one address holds a key: form, signature, method, address, time and access token; not
 * whether a proof was used before. Thread safe.
 */
public final class KeyProofs {

    /** What a proof may be signed with. */
    public static final String ALGORITHM = "ES256";

    /** How far {@code iat} may be from now, before and after. */
    public static final Duration WINDOW = Duration.ofSeconds(60);

    private static final int LONGEST = 4_096;
    private static final int LONGEST_ID = 255;

    private final DPoPTokenRequestVerifier verifier;

    /** @param address what is posted to, as its callers know it; a proof for another is none */
    public KeyProofs(URI address) {
        this.verifier =
                new DPoPTokenRequestVerifier(Set.of(JWSAlgorithm.parse(ALGORITHM)), address, WINDOW.toSeconds(), null);
    }

    /**
     * A good proof.
     *
     * @param thumbprint of the key: SHA-256 as RFC 7638 has it, in base64url
     * @param id names it among those of the key; at most 255 characters
     */
    public record KeyProof(String thumbprint, String id) {}

    /**
     * The access token that came with a proof.
     *
     * @param boundTo thumbprint of the key that it is bound to; absent when it is bound to none
     */
    public record AccessToken(String value, @Nullable String boundTo) {

        /** @param value a JWT that was checked. SPEC: RFC 9449 §6.1, the key that it is bound to */
        public static AccessToken of(String value) {
            try {
                Map<String, Object> confirmation =
                        JWTParser.parse(value).getJWTClaimsSet().getJSONObjectClaim("cnf");
                return new AccessToken(
                        value, confirmation != null && confirmation.get("jkt") instanceof String jkt ? jkt : null);
            } catch (ParseException e) {
                throw new IllegalArgumentException("The access token is no JWT", e);
            }
        }
    }

    /** @throws IllegalArgumentException when it is no good proof, saying what is wrong with it and what to do */
    public KeyProof read(String proof, AccessToken token) {
        if (proof.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "has %d characters, and no proof needs more than %d".formatted(proof.length(), LONGEST));
        }
        try {
            SignedJWT jwt = SignedJWT.parse(proof);
            String thumbprint =
                    verifier.verify(new DPoPIssuer("obstat"), jwt).getValue().toString();
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            requireToken(claims.getStringClaim("ath"), thumbprint, token);
            String id = claims.getJWTID();
            if (id.isBlank() || id.length() > LONGEST_ID) {
                throw new IllegalArgumentException(
                        "has a jti that is blank or too long; use a random one of at most 255 characters");
            }
            return new KeyProof(thumbprint, id);
        } catch (InvalidDPoPProofException e) {
            throw new IllegalArgumentException(
                    "does not count (%s); sign a new one with %s for this very call"
                            .formatted(e.getMessage(), ALGORITHM),
                    e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("is no JWT; send one proof as RFC 9449 §4.2 has it", e);
        }
    }

    private static void requireToken(@Nullable String hash, String thumbprint, AccessToken token) {
        if (token.boundTo() != null && !token.boundTo().equals(thumbprint)) {
            throw new IllegalArgumentException(
                    "is by another key than the access token is bound to; sign it with that one");
        }
        boolean missing = hash == null && token.boundTo() != null;
        boolean differs = hash != null && !hash.equals(hashOf(token.value()));
        if (missing || differs) {
            throw new IllegalArgumentException(
                    "has an ath that is not the hash of the access token (RFC 9449 §4.2); sign it for this token");
        }
    }

    private static String hashOf(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(hash).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }
}
