package io.obstat.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs as decision-service does, and as an attacker would like to. */
public final class Signer {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final KeyPair pair;

    public Signer(String kid) {
        this.kid = kid;
        try {
            this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String sign(String typ, Map<String, ?> claims) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", "EdDSA");
        header.put("kid", kid);
        header.put("typ", typ);
        return signWith(header, claims);
    }

    public String signWith(Map<String, ?> header, Map<String, ?> claims) {
        try {
            String input = encoded(header) + "." + encoded(claims);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, String> jwk() {
        byte[] spki = pair.getPublic().getEncoded();
        String x = BASE64.encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
        return Map.of("kty", "OKP", "crv", "Ed25519", "kid", kid, "x", x, "use", "sig", "alg", "EdDSA");
    }

    public static String encoded(Map<String, ?> json) {
        return BASE64.encodeToString(Json.write(json));
    }

    public static JsonNode claims(String token) {
        return Json.readEvent(
                Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'))),
                JsonNode.class);
    }
}
