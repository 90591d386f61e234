package io.obstat.contracts.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;

/**
 * The RFC 8785 (JCS) form of a JSON value, with its trap closed: JCS writes every number as the nearest IEEE 754 double, so that
 * 9007199254740993 and 9007199254740992 would come out alike. A number is therefore refused unless the canonical form still is that
 * number, and so is text with a lone surrogate, which UTF-8 cannot carry.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /**
     * The canonical form in UTF-8.
     *
     * @throws MalformedJsonException naming the number or text that would not survive
     */
    public static byte[] bytes(JsonNode json) {
        requireFaithful(new StringBuilder(), json);
        try {
            return new JsonCanonicalizer(Json.events().writeValueAsString(json)).getEncodedUTF8();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree is always writable", e);
        } catch (IOException e) {
            throw new MalformedJsonException("", "cannot be canonicalised (RFC 8785): " + e.getMessage());
        }
    }

    /**
     * SHA-256 over {@link #bytes}: {@code sha256:} and 64 lower-case hex digits.
     *
     * @throws MalformedJsonException naming the number or text that would not survive
     */
    public static String sha256(JsonNode json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(json));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }

    /** @param path to the node, which is put together only for who has to read it; restored before this returns */
    private static void requireFaithful(StringBuilder path, JsonNode node) {
        int length = path.length();
        if (node.isNumber()) {
            requireFaithfulNumber(path, node);
        } else if (node.isTextual()) {
            requireUnicode(path, node.textValue());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                requireFaithful(path.append('[').append(i).append(']'), node.get(i));
                path.setLength(length);
            }
        } else if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                requireUnicode(path, field.getKey());
                requireFaithful(path.append(length == 0 ? "" : ".").append(field.getKey()), field.getValue());
                path.setLength(length);
            }
        } else if (!node.isBoolean() && !node.isNull()) {
            throw new MalformedJsonException(
                    path.toString(),
                    "is a %s, which only programs can build; send a JSON value".formatted(node.getNodeType()));
        }
    }

    private static void requireFaithfulNumber(StringBuilder path, JsonNode node) {
        double nearest = node.doubleValue();
        if (!Double.isFinite(nearest) || !isExactly(node.decimalValue(), nearest)) {
            throw new MalformedJsonException(
                    path.toString(),
                    "is the number %s, which does not survive RFC 8785 (IEEE 754 double); send it as a string"
                            .formatted(shortened(node.asText())));
        }
    }

    private static boolean isExactly(BigDecimal exact, double nearest) {
        try {
            // SPEC: RFC 8785 §3.2.2.3, numbers are written as ECMAScript writes a double.
            return new BigDecimal(NumberToJSON.serializeNumber(nearest)).compareTo(exact) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireUnicode(StringBuilder path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new MalformedJsonException(
                        path.toString(),
                        "holds the lone surrogate \\u%04x, which is not Unicode text; remove it".formatted((int) c));
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
