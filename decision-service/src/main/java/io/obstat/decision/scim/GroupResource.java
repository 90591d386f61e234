package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.EqualFilter;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.decision.directory.Groups.Group;
import io.obstat.decision.directory.Identities;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a SCIM group means in the directory. */
final class GroupResource {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private static final String MEMBERS = "members";
    private static final int MOST_MEMBERS = 100_000;

    private GroupResource() {}

    static Group sent(byte @Nullable [] body) {
        ObjectNode resource = Resources.read(body);
        return group(resource, ids(resource.get(MEMBERS)));
    }

    /** The group with the patch applied. Its members may be very many, so they are changed as the set that they are. */
    static Group patched(Group group, byte @Nullable [] patch) {
        ObjectNode resource = Resources.stored(group.document());
        Set<String> members = new LinkedHashSet<>(group.members());
        for (Patch.Operation operation : Patch.read(patch)) {
            if (operation.isOn(MEMBERS)) {
                change(members, operation);
            } else {
                operation.apply(resource);
            }
        }
        return group(resource, members);
    }

    private static void change(Set<String> members, Patch.Operation operation) {
        if (!operation.path().equalsIgnoreCase(MEMBERS)) {
            members.remove(removed(operation));
            return;
        }
        if (operation.value() == null && !operation.verb().equals("remove")) {
            throw ScimFault.invalidValue("An operation on members has no value; give a list of users");
        }
        Set<String> ids = ids(operation.value());
        switch (operation.verb()) {
            case "add" -> members.addAll(ids);
            case "replace" -> {
                members.clear();
                members.addAll(ids);
            }
            default -> {
                if (operation.value() == null) {
                    members.clear();
                } else {
                    ids.forEach(members::remove);
                }
            }
        }
    }

    /** Whom an operation removes whose path names one member. */
    private static String removed(Patch.Operation operation) {
        try {
            if (operation.verb().equals("remove")
                    && operation.value() == null
                    && Path.fromString(operation.path()) instanceof Path path
                    && path.size() == 1
                    && path.getElement(0).getValueFilter() instanceof EqualFilter equal
                    && equal.getAttributePath().toString().equalsIgnoreCase("value")
                    && equal.getComparisonValue() instanceof TextNode id) {
                return id.textValue();
            }
        } catch (ScimException e) {
            throw ScimFault.of(e);
        }
        throw ScimFault.invalidPath(
                "%s of %s is not served; of members, what can be named is one to remove, members[value eq \"…\"]"
                        .formatted(operation.verb(), Quoted.of(operation.path())));
    }

    /** The group as a resource, with its members. */
    static ObjectNode tree(Group group) {
        ObjectNode resource = Resources.stored(group.document());
        ArrayNode members = resource.putArray(MEMBERS);
        group.members().forEach(id -> members.addObject().put("value", id));
        return resource;
    }

    private static Group group(ObjectNode resource, Set<String> members) {
        if (members.size() > MOST_MEMBERS) {
            throw ScimFault.invalidValue(
                    "members has %d, at most %d are allowed".formatted(members.size(), MOST_MEMBERS));
        }
        return Resources.valid(() -> {
            String name = Resources.text(resource, "displayName");
            Required.present("displayName", name);
            Identities.group("displayName", String.valueOf(name));
            String externalId = Resources.text(resource, "externalId");
            Required.optionalText("externalId", externalId, 255);
            resource.remove(MEMBERS);
            return new Group(
                    String.valueOf(name),
                    externalId == null || externalId.isEmpty() ? null : externalId,
                    members,
                    Resources.document(resource));
        });
    }

    /** The members of a list, or the one that is there by itself. */
    private static Set<String> ids(@Nullable JsonNode node) {
        Set<String> members = new LinkedHashSet<>();
        if (node == null || node.isNull()) {
            return members;
        }
        return Resources.valid(() -> {
            for (JsonNode member : node instanceof ArrayNode ? node : List.of(node)) {
                if (!(member.get("value") instanceof TextNode id)) {
                    throw ScimFault.invalidValue("members has one without a value; give the user's id");
                }
                Required.text(MEMBERS, id.textValue(), 255);
                members.add(Resources.storable(MEMBERS, id.textValue()));
            }
            return members;
        });
    }
}
