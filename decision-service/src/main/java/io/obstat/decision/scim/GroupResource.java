package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.obstat.contracts.Required;
import io.obstat.decision.directory.Groups.Group;
import io.obstat.decision.directory.Identities;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a SCIM group means in the directory. */
final class GroupResource {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private static final String MEMBERS = "members";
    private static final int MOST_MEMBERS = 100_000;

    private GroupResource() {}

    static Group sent(byte @Nullable [] body) {
        return group(Resources.read(body));
    }

    static Group patched(Group group, byte @Nullable [] patch) {
        ObjectNode resource = tree(group);
        Resources.patch(resource, patch);
        return group(resource);
    }

    /** The group as a resource, with its members. */
    static ObjectNode tree(Group group) {
        ObjectNode resource = Resources.stored(group.document());
        ArrayNode members = resource.putArray(MEMBERS);
        group.members().forEach(id -> members.addObject().put("value", id));
        return resource;
    }

    private static Group group(ObjectNode resource) {
        return Resources.valid(() -> {
            String name = Resources.text(resource, "displayName");
            Required.present("displayName", name);
            Identities.group("displayName", String.valueOf(name));
            String externalId = Resources.text(resource, "externalId");
            Required.optionalText("externalId", externalId, 255);
            Set<String> members = members(resource.get(MEMBERS));
            resource.remove(MEMBERS);
            return new Group(
                    String.valueOf(name),
                    externalId == null || externalId.isEmpty() ? null : externalId,
                    members,
                    Resources.document(resource));
        });
    }

    private static Set<String> members(@Nullable JsonNode node) {
        Set<String> members = new LinkedHashSet<>();
        if (node == null || node.isNull()) {
            return members;
        }
        for (JsonNode member : node) {
            if (!(member.get("value") instanceof TextNode id)) {
                throw ScimFault.invalidValue("members has one without a value; give the user's id");
            }
            Required.text("members", id.textValue(), 255);
            members.add(id.textValue());
        }
        if (members.size() > MOST_MEMBERS) {
            throw ScimFault.invalidValue(
                    "members has %d, at most %d are allowed".formatted(members.size(), MOST_MEMBERS));
        }
        return members;
    }
}
