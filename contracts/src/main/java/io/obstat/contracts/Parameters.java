package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.CanonicalJson;

/**
 * The exact inputs of an action: a JSON object at most 16 levels deep whose canonical form (RFC 8785) is at most 32 KiB. Numbers
 * that do not survive canonicalisation, and text that is not Unicode or holds U+0000, are refused here, so that what has a
 * {@code Parameters} has a digest and can be stored.
 * Immutable: {@link #asTree()} hands out copies.
 */
public final class Parameters {

    public static final int MOST_BYTES = 32 * 1024;
    public static final int DEEPEST = 16;
    private static final Parameters NONE = new Parameters(JsonNodeFactory.instance.objectNode(), "{}");

    private final ObjectNode tree;
    private final String canonical;

    private Parameters(ObjectNode tree, String canonical) {
        this.tree = tree;
        this.canonical = canonical;
    }

    public static Parameters none() {
        return NONE;
    }

    /**
     * The inputs in this JSON object.
     *
     * @throws InvalidFieldException when it is not an object, too deep or too large, or holds text that cannot be stored
     * @throws io.obstat.contracts.json.MalformedJsonException when a number cannot be canonicalised
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Parameters of(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            throw new InvalidFieldException(
                    "parameters", "must be a JSON object; wrap the value, for example {\"value\": …}");
        }
        if (depth(object) > DEEPEST) {
            throw new InvalidFieldException(
                    "parameters", "is nested deeper than %d levels; flatten it or link to it".formatted(DEEPEST));
        }
        requireStorable(new StringBuilder("parameters"), object);
        byte[] canonical = CanonicalJson.bytes(object);
        if (canonical.length > MOST_BYTES) {
            throw new InvalidFieldException(
                    "parameters",
                    "is %d bytes in canonical form, at most %d are allowed; pass large inputs by digest and link"
                            .formatted(canonical.length, MOST_BYTES));
        }
        return new Parameters(object.deepCopy(), new String(canonical, java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A copy of the JSON object. */
    @JsonValue
    public ObjectNode asTree() {
        return tree.deepCopy();
    }

    /** The RFC 8785 form. */
    public String canonical() {
        return canonical;
    }

    /** @param path to the node, which is put together only for who has to read it; restored before this returns */
    private static void requireStorable(StringBuilder path, JsonNode node) {
        int length = path.length();
        if (node.isTextual()) {
            Required.storable(path, node.textValue());
        }
        node.properties().forEach(field -> {
            Required.storable(path, field.getKey());
            requireStorable(path.append('.').append(field.getKey()), field.getValue());
            path.setLength(length);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            requireStorable(path.append('[').append(i).append(']'), node.get(i));
            path.setLength(length);
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical;
    }
}
