package io.obstat.decision.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PATCH as operations that the library takes at their word. SPEC: RFC 7644 §3.5.2. Of what identity providers send, it would take some for
 * the name of an attribute of its own and change nothing that counts: the URN of a core schema before a path, that of an extension for a
 * path, and paths as names in an operation that has no path.
 */
final class Patch {

    private static final int MOST_OPERATIONS = 1_000;
    private static final Set<String> VERBS = Set.of("add", "replace", "remove");

    static final Pattern CORE_SCHEMA = Pattern.compile("(?i)urn:ietf:params:scim:schemas:core:2\\.0:(user|group)(:|$)");
    private static final Pattern SCHEMA = Pattern.compile("(?i)urn:[^\\[]+:\\d+\\.\\d+:[a-z]+");
    private static final Pattern PART_OF_ONE = Pattern.compile(".+]\\.[A-Za-z$]+");

    /** What has several values, of what makes keys and memberships: one more does not replace the others. */
    private static final Set<String> MULTI_VALUED = Set.of(
            "emails", "members", name(UserResource.EXTENSION + ":slack"), name(UserResource.EXTENSION + ":entra"));

    private final List<Operation> operations = new ArrayList<>();

    private Patch() {}

    /**
     * A change of one attribute, or of a part of one.
     *
     * @param verb add, replace or remove
     * @param path empty when the value is an object that has what changes by name
     */
    record Operation(String verb, String path, @Nullable JsonNode value) {

        /** Whether it changes this attribute or a part of it. */
        boolean isOn(String attribute) {
            String name = name(path);
            return name.equals(attribute) || name.startsWith(attribute + "[") || name.startsWith(attribute + ".");
        }

        /** Changes the resource. @throws ScimFault when it does not fit the resource */
        void apply(ObjectNode resource) {
            if (verb.equals("remove") && value != null) {
                throw ScimFault.invalidValue(
                        "remove takes no value here; name what to remove by its path, such as emails[value eq \"…\"]");
            }
            PartPath part = PartPath.of(path).orElse(null);
            if (part != null) {
                part.holder(resource, !verb.equals("remove")).ifPresent(holder -> {
                    part.spread(holder);
                    new Operation(verb, part.path(), value).change(holder);
                    part.gather(holder);
                });
                return;
            }
            if (verb.equals("add") && MULTI_VALUED.contains(name(path))) {
                makeSeveral(resource);
            }
            change(resource);
        }

        private void change(ObjectNode resource) {
            ObjectNode patch = JsonUtils.getJsonNodeFactory().objectNode();
            patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
            ObjectNode operation = patch.putArray("Operations").addObject();
            // SPEC: RFC 7644 §3.5.2.1, the addition of what is there already replaces it.
            operation.put("op", verb.equals("add") && isThere(resource) ? "replace" : verb);
            if (!path.isEmpty()) {
                operation.put("path", path);
            }
            if (value != null) {
                operation.set("value", value);
            }
            apply(patch, resource);
        }

        /** What is there as one value becomes a list of it, or the library would put the new one in its place. */
        private void makeSeveral(ObjectNode resource) {
            String attribute = path.substring(path.lastIndexOf(':') + 1);
            JsonNode holder = attribute.length() == path.length() ? resource : resource.get(UserResource.EXTENSION);
            if (holder instanceof ObjectNode attributes
                    && attributes.get(attribute) instanceof JsonNode one
                    && !one.isArray()
                    && !one.isNull()) {
                attributes.putArray(attribute).add(one);
            }
        }

        /** Whether a part of one of several values, such as {@code emails[type eq "work"].value}, has a value. */
        private boolean isThere(ObjectNode resource) {
            try {
                return PART_OF_ONE.matcher(path).matches() && JsonUtils.pathExists(Path.fromString(path), resource);
            } catch (ScimException e) {
                throw ScimFault.of(e);
            }
        }

        private static void apply(ObjectNode patch, ObjectNode resource) {
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
    }

    /**
     * The operations of a body, in their order.
     *
     * @throws ScimFault when it is no patch, or has more than 1,000 operations
     */
    static List<Operation> read(byte @Nullable [] body) {
        if (!(Resources.tree(body).get("Operations") instanceof ArrayNode sent) || sent.isEmpty()) {
            throw ScimFault.invalidSyntax("Operations is missing; send a list of at least one operation");
        }
        var patch = new Patch();
        sent.forEach(patch::read);
        if (patch.operations.size() > MOST_OPERATIONS) {
            throw new ScimFault(
                    400,
                    "tooMany",
                    "There are %d operations, at most %d are allowed; send several requests"
                            .formatted(patch.operations.size(), MOST_OPERATIONS));
        }
        return patch.operations;
    }

    private void read(JsonNode sent) {
        // Entra writes operations in capitals.
        String verb = sent.path("op").asText().toLowerCase(Locale.ROOT);
        if (!VERBS.contains(verb)) {
            throw ScimFault.invalidSyntax("An operation has no op; it must be add, replace or remove");
        }
        // The library trims what it reads.
        String path = CORE_SCHEMA.matcher(sent.path("path").asText("").trim()).replaceFirst("");
        JsonNode value = sent.get("value") == null || sent.get("value").isNull() ? null : sent.get("value");
        if (path.isEmpty()) {
            readNames(verb, "", value);
        } else if (SCHEMA.matcher(path).matches()) {
            if (!verb.equals("add")) {
                operations.add(new Operation("remove", path + ":", null));
            }
            if (!verb.equals("remove")) {
                readNames(verb, path + ":", value);
            }
        } else {
            operations.add(operation(verb, path, value));
        }
    }

    /** An object whose names say what changes: attributes, or paths. */
    private void readNames(String verb, String schema, @Nullable JsonNode value) {
        if (verb.equals("remove")) {
            throw new ScimFault(400, "noTarget", "remove has no path; name what to remove");
        }
        if (!(value instanceof ObjectNode object)) {
            throw ScimFault.invalidValue((schema.isEmpty() ? "The value of an operation without a path" : schema)
                    + " must be an object of attributes");
        }
        object.properties().forEach(named -> readName(verb, schema, named.getKey(), named.getValue()));
    }

    private void readName(String verb, String schema, String sent, JsonNode value) {
        String name = schema + CORE_SCHEMA.matcher(sent.trim()).replaceFirst("");
        if (name.isEmpty() || name(name).equals(name(UserResource.EXTENSION))) {
            readNames(verb, name.isEmpty() ? "" : name + ":", value);
        } else if (SCHEMA.matcher(name).matches() || !isPath(name)) {
            ObjectNode one = JsonUtils.getJsonNodeFactory().objectNode();
            one.set(name, value);
            operations.add(new Operation(verb, "", one));
        } else if (!value.isNull()) {
            // As Entra means it: a part of a value that is not there yet comes to be.
            operations.add(operation(name.contains("[") ? "add" : verb, name, value));
        } else if (verb.equals("replace")) {
            operations.add(new Operation("remove", name, null));
        }
    }

    private static boolean isPath(String name) {
        return name.contains(".") || name.contains("[") || name.contains(":") || MULTI_VALUED.contains(name(name));
    }

    private static Operation operation(String verb, String path, @Nullable JsonNode value) {
        boolean oneOfSeveral = value != null && !value.isArray() && MULTI_VALUED.contains(name(path));
        return new Operation(
                verb,
                path,
                oneOfSeveral ? JsonUtils.getJsonNodeFactory().arrayNode().add(value) : value);
    }

    /** Names are the same whatever their case. SPEC: RFC 7643 §2.1. */
    private static String name(String path) {
        return path.toLowerCase(Locale.ROOT);
    }
}
