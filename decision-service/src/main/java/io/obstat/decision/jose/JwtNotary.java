package io.obstat.decision.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.Action;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Notary;
import io.obstat.decision.Ruling;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs with the service's Ed25519 key. Ed25519 signatures are deterministic (RFC 8032), so a retry cannot mint another token. */
public final class JwtNotary implements Notary {

    static final String AUDIENCE = "obstat";
    static final JOSEObjectType GRANT = new JOSEObjectType("obstat-grant+jwt");
    static final String ACTION_ID = "action_id";

    private static final JOSEObjectType REVOCATION = new JOSEObjectType("obstat-revocation+jwt");
    private static final JOSEObjectType DECISION = new JOSEObjectType("obstat-decision+jwt");
    private static final String ACTION_DIGEST = "action_digest";
    private static final int LONGEST_GRANT = 4_096;

    private final Ed25519.Signer signer;
    private final String keyId;
    private final String issuer;

    public JwtNotary(SigningKey key, URI issuer) {
        this.signer = new Ed25519.Signer(key);
        this.keyId = key.keyId();
        this.issuer = issuer.toString();
    }

    @Override
    public Grant grant(ActionRequested request, Instant issuedAt, Instant expiresAt) {
        // JWT times are in whole seconds; the grant ends when its token does.
        Instant until = expiresAt.truncatedTo(ChronoUnit.SECONDS);
        GrantId id = GrantId.of(request.actionId());
        JWTClaimsSet.Builder claims = claims(request, issuedAt)
                .audience(AUDIENCE)
                .jwtID(id.value())
                .expirationTime(Date.from(until))
                .claim("uses", 1);
        String key = request.verified().keyThumbprint();
        if (key != null) {
            // SPEC: RFC 9449 §6.1, the key that has to be proved with it.
            claims.claim("cnf", Map.of("jkt", key));
        }
        String token = signed(
                GRANT,
                claims.claim("authorization_details", List.of(details(request, true)))
                        .build());
        if (token.length() > LONGEST_GRANT) {
            // The digest covers the resource; a resource that is all escapes need not be spelled out as well.
            token = signed(
                    GRANT,
                    claims.claim("authorization_details", List.of(details(request, false)))
                            .build());
        }
        return new Grant(id, token, until);
    }

    @Override
    public String revocation(ActionRequested request, Grant grant, Instant revokedAt) {
        return signed(
                REVOCATION, claims(request, revokedAt).jwtID(grant.id().value()).build());
    }

    @Override
    public String statement(ActionRequested request, Ruling ruling, @Nullable Grant grant) {
        JWTClaimsSet.Builder claims = claims(request, ruling.told().decidedAt())
                .claim("outcome", Json.tree(ruling.outcome()).textValue())
                .claim("told", ruling.told().digest());
        if (grant != null) {
            claims.jwtID(grant.id().value());
        }
        return signed(DECISION, claims.build());
    }

    private JWTClaimsSet.Builder claims(ActionRequested request, Instant issuedAt) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(request.verified().agent().value())
                .issueTime(Date.from(issuedAt))
                .claim(ACTION_ID, request.actionId().value())
                .claim(ACTION_DIGEST, request.digest().value());
    }

    // SPEC: RFC 9396 §2, an authorization details object; locations and type are its own fields.
    private static Map<String, Object> details(ActionRequested request, boolean withResource) {
        Action action = request.action();
        var details = new LinkedHashMap<String, Object>();
        details.put("type", "obstat_action");
        details.put("action_type", action.type().value());
        if (withResource) {
            details.put("locations", List.of(action.resource()));
        }
        details.put("environment", action.environment());
        details.put("digest", request.digest().value());
        return details;
    }

    private String signed(JOSEObjectType type, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                            .type(type)
                            .keyID(keyId)
                            .build(),
                    claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign with key " + keyId, e);
        }
    }
}
