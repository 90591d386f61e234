package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.local.chat.http.Call;
import java.util.UUID;

/**
 * The key by which the Bot Connector shows bots that it is the one who calls.
 *
 * @param key with its private part
 */
record BotFrameworkKey(RSAKey key) {

    /** The iss of the Bot Connector's tokens. SPEC: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
    static final String ISSUER = "https://api.botframework.com";

    private static final int BITS = 2048;

    static BotFrameworkKey make() {
        try {
            return new BotFrameworkKey(new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(UUID.randomUUID().toString())
                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot make an RSA key", e);
        }
    }

    String sign(JWTClaimsSet claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .type(JOSEObjectType.JWT)
                    .build();
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }

    /** The public part, endorsed for Teams. */
    ObjectNode published() {
        ObjectNode jwk = (ObjectNode) Call.json(key.toPublicJWK().toJSONString());
        jwk.putArray("endorsements").add("msteams");
        return jwk;
    }

    static ObjectNode metadata(String url) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("issuer", ISSUER);
        metadata.put("authorization_endpoint", "https://invalid.botframework.com");
        metadata.put("jwks_uri", url + "/botframework/v1/.well-known/keys");
        metadata.putArray("id_token_signing_alg_values_supported").add("RS256");
        metadata.putArray("token_endpoint_auth_methods_supported").add("private_key_jwt");
        return metadata;
    }
}
