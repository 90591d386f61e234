package io.obstat.decision.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.decision.directory.Provisioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SCIM resources as JSON trees whose attributes are found whatever their case (RFC 7643 §2.1). */
final class Resources {

    private static final int LONGEST_DOCUMENT = 64 * 1024;
    private static final Pattern PART_OF_ONE = Pattern.compile(".+]\\.[A-Za-z$]+");
    private static final int MOST_OPERATIONS = 1_000;

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

    /** A resource as it is stored. @throws ScimFault when it is too long */
    static String document(ObjectNode resource) {
        NOT_KEPT.forEach(resource::remove);
        String document = new String(Json.write(resource), StandardCharsets.UTF_8);
        if (document.length() > LONGEST_DOCUMENT) {
            throw ScimFault.invalidValue(
                    "The resource has %d characters, at most %d are kept; provision fewer attributes"
                            .formatted(document.length(), LONGEST_DOCUMENT));
        }
        return document;
    }

    /**
     * The resource with the patch applied, in place.
     *
     * @throws ScimFault when the patch is none, or does not fit the resource
     */
    static void patch(ObjectNode resource, byte @Nullable [] body) {
        ObjectNode request = tree(body);
        if (!(request.get("Operations") instanceof ArrayNode operations) || operations.isEmpty()) {
            throw ScimFault.invalidSyntax("Operations is missing; send a list of at least one operation");
        }
        ArrayNode rewritten = JsonUtils.getJsonNodeFactory().arrayNode();
        operations.forEach(operation -> rewrite(operation, resource, rewritten));
        if (rewritten.size() > MOST_OPERATIONS) {
            throw new ScimFault(
                    400,
                    "tooMany",
                    "There are %d operations, at most %d are allowed; send several requests"
                            .formatted(rewritten.size(), MOST_OPERATIONS));
        }
        ObjectNode patch = JsonUtils.getJsonNodeFactory().objectNode();
        patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        patch.set("Operations", rewritten);
        try {
            JsonUtils.getObjectReader()
                    .forType(PatchRequest.class)
                    .<PatchRequest>readValue(patch)
                    .apply(new GenericScimResource(resource));
        } catch (ScimException e) {
            throw ScimFault.of(e);
        } catch (JsonProcessingException e) {
            throw e.getCause() instanceof ScimException cause
                    ? ScimFault.of(cause)
                    : ScimFault.invalidSyntax("The patch is not acceptable: " + e.getOriginalMessage());
        } catch (java.io.IOException | RuntimeException e) {
            throw ScimFault.invalidSyntax("The patch is not acceptable: " + e.getMessage());
        }
    }

    /**
     * What the library does not take from Entra: operations in capitals; members to remove as a value and not in the path; and the addition of
     * what is there already, which replaces it (RFC 7644 §3.5.2.1).
     */
    private static void rewrite(JsonNode sent, ObjectNode resource, ArrayNode operations) {
        if (!(sent instanceof ObjectNode operation) || !(operation.get("op") instanceof TextNode op)) {
            throw ScimFault.invalidSyntax("An operation has no op; it must be add, replace or remove");
        }
        String verb = op.textValue().toLowerCase(Locale.ROOT);
        String path = operation.path("path").asText();
        operation.put("op", verb.equals("add") && isThere(path, resource) ? "replace" : verb);
        JsonNode value = operation.get("value");
        if (!verb.equals("remove") || value == null || value.isNull()) {
            operations.add(operation);
            return;
        }
        if (!path.equalsIgnoreCase("members") || !(value instanceof ArrayNode members)) {
            throw ScimFault.invalidValue(
                    "remove takes no value here; name what to remove by its path, such as emails[value eq \"…\"]");
        }
        for (JsonNode member : members) {
            if (!(member.get("value") instanceof TextNode id)) {
                throw ScimFault.invalidValue("A member to remove has no value; give the user's id");
            }
            operations
                    .addObject()
                    .put("op", verb)
                    .put("path", "members[value eq %s]".formatted(new TextNode(id.textValue())));
        }
    }

    /** Whether a part of one of several values, such as {@code emails[type eq "work"].value}, has a value. */
    private static boolean isThere(String path, ObjectNode resource) {
        try {
            return PART_OF_ONE.matcher(path).matches() && JsonUtils.pathExists(Path.fromString(path), resource);
        } catch (ScimException e) {
            throw ScimFault.of(e);
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
        return text.textValue();
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
                && Set.of(excludedAttributes.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1))
                        .contains(attribute);
    }

    private static ObjectNode tree(byte @Nullable [] body) {
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
