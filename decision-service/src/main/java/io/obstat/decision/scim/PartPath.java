package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.obstat.contracts.Quoted;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to a part of an attribute. SPEC: RFC 7644 §3.5.2.
 *
 * @param schema the URN of the extension that has the attribute; empty for an attribute of the resource itself
 * @param part of the attribute, from its filter or its dot on
 */
record PartPath(String schema, String attribute, String part) {

    private static final Pattern FORM =
            Pattern.compile("(?i)(?:(urn:[^\\[]+:\\d+\\.\\d+:[a-z]+):)?([^\\[.:]+)([\\[.].+)");
    private static final Pattern ASTRAY = Pattern.compile("(?i)urn:(.*\\[|[^\\[]+:\\d+\\.\\d+:[a-z]+\\.).*");
    private static final Set<String> KEYS = Set.of("oidc", "slack", "entra");

    /**
     * The path, when it is one of this kind.
     *
     * @throws ScimFault when it begins with a URN that would be taken for nothing, or for the name of an attribute of its own
     */
    static Optional<PartPath> of(String path) {
        Matcher form = FORM.matcher(path);
        if (form.matches()) {
            return Optional.of(new PartPath(form.group(1) == null ? "" : form.group(1), form.group(2), form.group(3)));
        }
        if (ASTRAY.matcher(path).matches()) {
            throw ScimFault.invalidPath(
                    "%s is no path; send <URN of the schema>:<attribute>, and what of it".formatted(Quoted.of(path)));
        }
        return Optional.empty();
    }

    boolean isFilter() {
        return part.startsWith("[");
    }

    /** From the object that has the attribute. */
    String path() {
        return attribute + part;
    }

    /** The object that has the attribute, or is to have it. @throws ScimFault when something else is in its place */
    Optional<ObjectNode> holder(ObjectNode resource, boolean make) {
        if (schema.isEmpty()) {
            return Optional.of(resource);
        }
        JsonNode extension = resource.get(schema);
        if (extension == null || extension.isNull()) {
            return make ? Optional.of(resource.putObject(schema)) : Optional.empty();
        }
        if (extension instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw ScimFault.invalidValue(schema + " must be an object");
    }

    /**
     * Makes a list of objects of what is there, whatever way keys were sent: the library looks for parts of objects only, and takes a filter
     * on a value that is stored by itself for the whole of it.
     *
     * @throws ScimFault when it is no list, and a filter chooses of it
     */
    void spread(ObjectNode holder) {
        JsonNode there = holder.get(attribute);
        if (there == null || there.isNull()) {
            return;
        }
        if (isOfKeys()) {
            ArrayNode spread = JsonUtils.getJsonNodeFactory().arrayNode();
            (there instanceof ArrayNode list
                            ? list
                            : JsonUtils.getJsonNodeFactory().arrayNode().add(there))
                    .forEach(value -> spread.add(value.isTextual() ? object(value) : value));
            holder.set(attribute, spread);
        } else if (isFilter() && !there.isArray()) {
            throw ScimFault.invalidPath("%s has one value, and %s chooses of several; leave the filter out"
                    .formatted(Quoted.of(attribute), Quoted.of(part)));
        }
    }

    /** Takes away what has nothing left of a key. */
    void gather(ObjectNode holder) {
        if (isOfKeys() && holder.get(attribute) instanceof ArrayNode list) {
            ArrayNode gathered = JsonUtils.getJsonNodeFactory().arrayNode();
            list.forEach(value -> {
                if (!value.isObject() || !value.isEmpty()) {
                    gathered.add(isPlain(value) ? value.get("value") : value);
                }
            });
            holder.set(attribute, gathered);
        }
    }

    private boolean isOfKeys() {
        return schema.isEmpty()
                ? attribute.equalsIgnoreCase("emails")
                : schema.equalsIgnoreCase(UserResource.EXTENSION) && KEYS.contains(attribute.toLowerCase(Locale.ROOT));
    }

    /** Keys of the extension are plain text when there is nothing more to say of them. */
    private boolean isPlain(JsonNode value) {
        return !schema.isEmpty() && value.size() == 1 && value.has("value");
    }

    private static ObjectNode object(JsonNode value) {
        ObjectNode object = JsonUtils.getJsonNodeFactory().objectNode();
        object.set("value", value);
        return object;
    }
}
