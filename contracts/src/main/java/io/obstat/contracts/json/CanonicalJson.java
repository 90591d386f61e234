package io.obstat.contracts.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The RFC 8785 (JCS) form of a JSON value, with its trap closed: JCS writes every number as the nearest IEEE 754 double, so that
 * 9007199254740993 and 9007199254740992 would come out alike. A number is therefore refused unless the canonical form still is that
 * number, and so is text with a lone surrogate, which UTF-8 cannot carry. Why it is our own: {@code docs/adr/0007-canonical-json.md}.
 */
public final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    /** To the node being written; put together only for who has to read it. */
    private final StringBuilder path = new StringBuilder();

    private CanonicalJson() {}

    /**
     * The canonical form in UTF-8.
     *
     * @throws MalformedJsonException naming the number or text that would not survive
     */
    public static byte[] bytes(JsonNode json) {
        var canonical = new CanonicalJson();
        canonical.write(json);
        return canonical.out.toString().getBytes(StandardCharsets.UTF_8);
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

    private void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node);
            case ARRAY -> writeArray(node);
            case STRING -> writeText(node.textValue());
            case NUMBER -> writeNumber(node);
            case BOOLEAN, NULL -> out.append(node.asText());
            case BINARY, MISSING, POJO ->
                throw malformed(
                        "is a %s, which only programs can build; send a JSON value".formatted(node.getNodeType()));
        }
    }

    private void writeObject(JsonNode object) {
        // SPEC: RFC 8785 §3.2.3, sorted by UTF-16 code units, which is how Java compares text.
        var fields = new TreeMap<String, JsonNode>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        int length = path.length();
        String separator = "{";
        for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
            out.append(separator);
            separator = ",";
            writeText(field.getKey());
            out.append(':');
            path.append(length == 0 ? "" : ".").append(field.getKey());
            write(field.getValue());
            path.setLength(length);
        }
        out.append(fields.isEmpty() ? "{}" : "}");
    }

    private void writeArray(JsonNode array) {
        int length = path.length();
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            out.append(i == 0 ? "" : ",");
            path.append('[').append(i).append(']');
            write(array.get(i));
            path.setLength(length);
        }
        out.append(']');
    }

    private void writeNumber(JsonNode node) {
        double nearest = node.doubleValue();
        if (!Double.isFinite(nearest) || !EcmaScriptNumber.isExactly(node.decimalValue(), nearest)) {
            throw malformed("is the number %s, which does not survive RFC 8785 (IEEE 754 double); send it as a string"
                    .formatted(shortened(node.asText())));
        }
        out.append(EcmaScriptNumber.of(nearest));
    }

    // SPEC: RFC 8785 §3.2.2.2.
    private void writeText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
                    } else {
                        requireUnicode(text, i);
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void requireUnicode(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return;
        }
        boolean paired = Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        if (!paired) {
            throw malformed(
                    "holds the lone surrogate \\u%04x, which is not Unicode text; remove it".formatted((int) c));
        }
    }

    private MalformedJsonException malformed(String problem) {
        return new MalformedJsonException(path.toString(), problem);
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
