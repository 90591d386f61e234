package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pipeline's side of the Kafka door: writes intents as a pipeline in any language would, with nothing but the JDK. */
final class Intents {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String agent;
    private final String kid;
    private final PrivateKey key;

    private Intents(String agent, String kid, PrivateKey key) {
        this.agent = agent;
        this.kid = kid;
        this.key = key;
    }

    /** @param jwk a private Ed25519 JWK with its {@code kid} */
    static Intents of(String agent, JsonNode jwk) {
        try {
            byte[] d = Base64.getUrlDecoder().decode(jwk.path("d").textValue());
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, d));
            return new Intents(agent, jwk.path("kid").textValue(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not an Ed25519 key: kid " + jwk.path("kid"), e);
        }
    }

    /** The headers of a record of {@code obstat.intents}: an event of this id. */
    static Map<String, String> headers(String id) {
        return CloudEvent.headers(EventType.ACTION_INTENT.wireName(), "urn:pipeline:system-tests", id);
    }

    /** The value of a record of {@code obstat.intents}: this action under this idempotency key, signed now. */
    ObjectNode signed(String idempotencyKey, @Nullable String onBehalfOf, JsonNode action) {
        return signed(Instant.now(), idempotencyKey, onBehalfOf, action);
    }

    /** The same, signed at this moment: the same second gives the same bytes. */
    ObjectNode signed(Instant at, String idempotencyKey, @Nullable String onBehalfOf, JsonNode action) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("iss", agent);
        payload.put("aud", "obstat");
        payload.put("iat", at.getEpochSecond());
        payload.put("jti", idempotencyKey);
        if (onBehalfOf != null) {
            payload.put("onBehalfOf", onBehalfOf);
        }
        payload.set("action", action);
        return JsonNodeFactory.instance.objectNode().put("jws", jws(Json.write(payload)));
    }

    /** A compact JWS over these bytes, whatever they are. */
    String jws(byte[] payload) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", "EdDSA");
        header.put("kid", kid);
        header.put("typ", "obstat-intent+jwt");
        String input = BASE64URL.encodeToString(Json.write(header)) + "." + BASE64URL.encodeToString(payload);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
