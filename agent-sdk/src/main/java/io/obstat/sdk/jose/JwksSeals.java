package io.obstat.sdk.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import io.obstat.contracts.Quoted;
import io.obstat.sdk.Seals;
import io.obstat.sdk.UntrustedException;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of decision-service by its published keys (JWKS). Keys are fetched at first use, and again when a token names one that is not among
 * them, at most every 10 seconds, so that a key rotation is seen and a made-up key id is no lever. After 10 minutes they are trusted no more until
 * they are fetched anew, so that a withdrawn key stops counting. Thread safe.
 */
public final class JwksSeals implements Seals {

    private static final Duration REFETCH = Duration.ofSeconds(10);
    private static final Duration LONGEST_TRUSTED = Duration.ofMinutes(10);
    private static final JOSEObjectType STATEMENT = new JOSEObjectType("obstat-decision+jwt");
    private static final JOSEObjectType GRANT = new JOSEObjectType("obstat-grant+jwt");

    private final Keys source;
    private final InstantSource clock;
    private Map<String, PublicKey> keys = Map.of();
    private @Nullable Instant fetchedAt;

    /** Gets the JWK set document of decision-service. */
    @FunctionalInterface
    public interface Keys {

        /**
         * The JSON document.
         *
         * @throws io.obstat.sdk.UnreachableException when it cannot be had
         */
        String fetch() throws InterruptedException;
    }

    public JwksSeals(Keys source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Statement statement(String compactJws) throws InterruptedException {
        JWTClaimsSet claims = verified(compactJws, STATEMENT);
        return new Statement(
                claims.getIssuer(),
                claims.getSubject(),
                text(claims, "action_id"),
                text(claims, "action_digest"),
                text(claims, "outcome"),
                text(claims, "told"),
                claims.getJWTID());
    }

    @Override
    public GrantClaims grant(String jwt) throws InterruptedException {
        JWTClaimsSet claims = verified(jwt, GRANT);
        return new GrantClaims(
                claims.getIssuer(),
                claims.getSubject(),
                claims.getAudience(),
                claims.getJWTID(),
                claims.getExpirationTime() == null
                        ? null
                        : claims.getExpirationTime().toInstant(),
                text(claims, "action_id"),
                text(claims, "action_digest"));
    }

    private JWTClaimsSet verified(String token, JOSEObjectType type) throws InterruptedException {
        try {
            JWSObject jws = JWSObject.parse(token);
            JWSHeader header = jws.getHeader();
            // SPEC: RFC 8725 §3.1 and §3.11, the algorithm is ours to choose and the type is explicit.
            if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm()) || !type.equals(header.getType())) {
                throw new UntrustedException("A token has alg %s and typ %s, not EdDSA and %s"
                        .formatted(header.getAlgorithm(), header.getType(), type));
            }
            if (header.getCriticalParams() != null || header.getKeyID() == null) {
                throw new UntrustedException("A token has crit or no kid in its header");
            }
            if (!Ed25519.verifies(
                    key(header.getKeyID()),
                    jws.getSigningInput(),
                    jws.getSignature().decode())) {
                throw new UntrustedException("A token's signature is not by key " + Quoted.of(header.getKeyID()));
            }
            return JWTClaimsSet.parse(
                    Objects.requireNonNullElse(jws.getPayload().toJSONObject(), Map.of()));
        } catch (ParseException e) {
            throw new UntrustedException("A token is no JWS: " + e.getMessage(), e);
        }
    }

    private synchronized PublicKey key(String id) throws InterruptedException {
        Instant now = clock.instant();
        Duration trusted = keys.containsKey(id) ? LONGEST_TRUSTED : REFETCH;
        if (fetchedAt == null || !now.isBefore(fetchedAt.plus(trusted))) {
            keys = parsed(source.fetch());
            fetchedAt = now;
        }
        PublicKey key = keys.get(id);
        if (key == null) {
            throw new UntrustedException(
                    "A token is signed by key %s, which decision-service does not publish".formatted(Quoted.of(id)));
        }
        return key;
    }

    private static Map<String, PublicKey> parsed(String document) {
        try {
            var keys = new HashMap<String, PublicKey>();
            for (JWK jwk : JWKSet.parse(document).getKeys()) {
                if (jwk instanceof OctetKeyPair pair
                        && Curve.Ed25519.equals(pair.getCurve())
                        && jwk.getKeyID() != null) {
                    keys.put(jwk.getKeyID(), Ed25519.publicKey(pair.getDecodedX()));
                }
            }
            return Map.copyOf(keys);
        } catch (ParseException | JOSEException e) {
            throw new UntrustedException("The keys of decision-service are no JWK set: " + e.getMessage(), e);
        }
    }

    private static @Nullable String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : null;
    }
}
