package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.decision.directory.Provisioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SCIM resources as JSON trees whose attributes are found whatever their case (RFC 7643 §2.1). */
final class Resources {

    private static final int LONGEST_DOCUMENT = 64 * 1024;

    /** What the server says of a resource, or what must not be kept. */
    private static final List<String> NOT_KEPT = List.of("id", "meta", "groups", "password");

    private Resources() {}

    /**
     * A body as a resource, without what a client may not say.
     *
     * @throws ScimFault when it is no JSON object
     */
    static ObjectNode read(byte @Nullable [] body) {
        ObjectNode resource = tree(body);
        NOT_KEPT.forEach(resource::remove);
        return resource;
    }

    /** A stored document. */
    static ObjectNode stored(String document) {
        return tree(document.getBytes(StandardCharsets.UTF_8));
    }

    /** A resource as it is stored. @throws ScimFault when it is too long, or has a path where the name of an attribute should be */
    static String document(ObjectNode resource) {
        NOT_KEPT.forEach(resource::remove);
        resource.properties().forEach(attribute -> requireName(attribute.getKey(), attribute.getValue()));
        String document = new String(Json.write(resource), StandardCharsets.UTF_8);
        if (document.length() > LONGEST_DOCUMENT) {
            throw ScimFault.invalidValue(
                    "The resource has %d characters, at most %d are kept; provision fewer attributes"
                            .formatted(document.length(), LONGEST_DOCUMENT));
        }
        return document;
    }

    /** What looks like a change and is an attribute that means nothing would be answered as if it were done. */
    private static void requireName(String name, JsonNode value) {
        boolean schema = name.toLowerCase(Locale.ROOT).startsWith("urn:");
        if (Patch.CORE_SCHEMA.matcher(name).lookingAt() && !value.isNull()) {
            throw ScimFault.invalidPath(
                    "%s is no extension; send its attributes by their names".formatted(Quoted.of(name)));
        }
        if (name.contains("[") || schema && !value.isObject() && !value.isNull()) {
            throw ScimFault.invalidPath(
                    "%s is no attribute; send what it stands for as an attribute, those of a schema in an object by its URN"
                            .formatted(Quoted.of(name)));
        }
    }

    /** The resource as it is answered. SPEC: RFC 7643 §3.1. */
    static ObjectNode answer(ObjectNode resource, String schema, String type, Provisioned<?> provisioned, String base) {
        if (!(resource.get("schemas") instanceof ArrayNode)) {
            resource.putArray("schemas").add(schema);
        }
        resource.put("id", provisioned.id());
        resource.putObject("meta")
                .put("resourceType", type)
                .put("created", provisioned.created().toString())
                .put("lastModified", provisioned.changed().toString())
                .put("location", "%s/%ss/%s".formatted(base, type, provisioned.id()));
        return resource;
    }

    /** Text of a single-valued attribute. @throws ScimFault when it is there and is no text */
    static @Nullable String text(ObjectNode resource, String attribute) {
        JsonNode value = resource.get(attribute);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!(value instanceof TextNode text)) {
            throw ScimFault.invalidValue(attribute + " must be text");
        }
        return storable(attribute, text.textValue());
    }

    /** The value, which a database can hold. @throws ScimFault when it cannot */
    static String storable(String attribute, String value) {
        if (value.indexOf('\0') >= 0) {
            throw ScimFault.invalidValue(attribute + " has the character U+0000; leave it out");
        }
        return value;
    }

    /** What {@code work} makes, with a value that it refuses said as SCIM says it. */
    static <T> T valid(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidFieldException e) {
            throw ScimFault.invalidValue(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the attributes that a query leaves out have this one. */
    static boolean leavesOut(@Nullable String excludedAttributes, String attribute) {
        return excludedAttributes != null
                && List.of(excludedAttributes.strip().toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1))
                        .contains(attribute);
    }

    /** A body as it was sent. @throws ScimFault when it is no JSON object */
    static ObjectNode tree(byte @Nullable [] body) {
        byte[] json = body == null ? new byte[0] : body;
        try {
            // Twice: ours refuses what is ambiguous, theirs finds attributes whatever their case.
            Json.readStrict(json, JsonNode.class);
            if (JsonUtils.getObjectReader().readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            throw ScimFault.invalidSyntax(String.valueOf(e.getMessage()));
        } catch (java.io.IOException e) {
            throw ScimFault.invalidSyntax("The body is not acceptable: " + e.getMessage());
        }
        throw ScimFault.invalidSyntax("The body is no JSON object; send one");
    }
}
