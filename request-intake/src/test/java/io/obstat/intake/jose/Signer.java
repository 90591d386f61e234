package io.obstat.intake.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** A pipeline that signs intents, with the key of RFC 8037 Appendix A. */
public final class Signer {

    private static final String PRIVATE_PART = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Signer() {}

    public static ObjectNode header() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alg", "EdDSA")
                .put("kid", "etl-agent-1")
                .put("typ", "obstat-intent+jwt");
    }

    public static ObjectNode claims(String jti, Instant issuedAt, JsonNode action) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", "etl-agent")
                .put("aud", "obstat")
                .put("iat", issuedAt.getEpochSecond())
                .put("jti", jti);
        claims.set("action", action);
        return claims;
    }

    public static String sign(JsonNode header, JsonNode claims) {
        return sign(header, Json.write(claims));
    }

    public static String sign(JsonNode header, byte[] payload) {
        String input = BASE64URL.encodeToString(Json.write(header)) + "." + BASE64URL.encodeToString(payload);
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key());
            ed25519.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64URL.encodeToString(ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(
                        NamedParameterSpec.ED25519, Base64.getUrlDecoder().decode(PRIVATE_PART)));
    }
}
