package io.obstat.decision.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** Recognises our own grants among what agents present. Whether one is still good is for the state of its action to say. */
public final class PresentedGrants {

    private static final int LONGEST = 4_096;

    private final Ed25519.Verifier verifier;
    private final String issuer;

    public PresentedGrants(PublishedKeys keys, URI issuer) {
        this.verifier = new Ed25519.Verifier(keys);
        this.issuer = issuer.toString();
    }

    /**
     * A grant that this service signed.
     *
     * @param agent for whom it is
     * @param claims all that it says, as its JSON has it; times in seconds
     */
    public record PresentedGrant(GrantId id, ActionId action, AgentId agent, Map<String, Object> claims) {

        public PresentedGrant {
            claims = Map.copyOf(claims);
        }
    }

    /** @throws IllegalArgumentException when the token is no grant of ours, naming what is wrong with it */
    public PresentedGrant read(String token) {
        if (token.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "has %d characters, and no grant has more than %d; send the grant's token"
                            .formatted(token.length(), LONGEST));
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JwtNotary.GRANT.equals(jwt.getHeader().getType())) {
                throw new IllegalArgumentException(
                        "is a JWT, but its typ is not %s; send the grant's token".formatted(JwtNotary.GRANT));
            }
            if (!jwt.verify(verifier)) {
                throw new IllegalArgumentException("is not signed by this service; send the grant as it came");
            }
            return grant(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("is no JWT; send the grant's token", e);
        }
    }

    private PresentedGrant grant(JWTClaimsSet claims) throws ParseException {
        if (!issuer.equals(claims.getIssuer()) || !List.of(JwtNotary.AUDIENCE).equals(claims.getAudience())) {
            throw new IllegalArgumentException("is signed by this service, but for another issuer or audience");
        }
        return new PresentedGrant(
                new GrantId(claims.getJWTID()),
                new ActionId(claims.getStringClaim(JwtNotary.ACTION_ID)),
                new AgentId(claims.getSubject()),
                claims.toJSONObject());
    }
}
