package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.directory.Identities;
import io.obstat.decision.directory.Users.User;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a SCIM user means in the directory. */
final class UserResource {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

    /** Keys that the core schema has no place for. */
    static final String EXTENSION = "urn:obstat:scim:schemas:1.0:User";

    private static final int MOST_KEYS = 20;
    private static final Map<String, Channel> KEYS =
            Map.of("oidc", Channel.OIDC, "slack", Channel.SLACK, "entra", Channel.ENTRA);

    private UserResource() {}

    /** A user as sent to be taken in; active unless it says otherwise. */
    static User sent(byte @Nullable [] body) {
        return user(Resources.read(body), true);
    }

    /** A user as sent in place of what was. Who says nothing of {@code active} means what was: nobody comes back by being replaced. */
    static User replaced(User user, byte @Nullable [] body) {
        return user(Resources.read(body), user.active());
    }

    /** The user with the patch applied; who has no {@code active} left is not. */
    static User patched(User user, byte @Nullable [] patch) {
        ObjectNode resource = Resources.stored(user.document());
        Patch.read(patch).forEach(operation -> operation.apply(resource));
        return user(resource, false);
    }

    private static User user(ObjectNode resource, boolean activeUnlessSaid) {
        return Resources.valid(() -> {
            String userName = Resources.text(resource, "userName");
            Required.text("userName", userName, 255);
            String name = Identities.of("userName", Channel.OIDC, String.valueOf(userName))
                    .value();
            String externalId = Resources.text(resource, "externalId");
            Required.optionalText("externalId", externalId, 255);
            boolean active = active(resource.get("active"), activeUnlessSaid);
            // So that the answer says what holds.
            resource.put("active", active);
            Set<Identity> identities = identities(resource, name);
            return new User(
                    name,
                    externalId == null || externalId.isEmpty() ? null : externalId,
                    active,
                    identities,
                    Resources.document(resource));
        });
    }

    /** Entra writes booleans as text, in capitals. */
    private static boolean active(@Nullable JsonNode value, boolean unlessSaid) {
        if (value == null || value.isNull()) {
            return unlessSaid;
        }
        return switch (value.asText().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw ScimFault.invalidValue(
                        "active is %s; it must be true or false".formatted(Quoted.of(value.asText())));
        };
    }

    private static Set<Identity> identities(ObjectNode resource, String userName) {
        Set<Identity> identities = new LinkedHashSet<>();
        for (String email : values("emails", resource.get("emails"))) {
            identities.add(Identities.of("emails", Channel.EMAIL, email));
        }
        JsonNode extension = resource.get(EXTENSION);
        if (extension instanceof ObjectNode keys) {
            KEYS.forEach((attribute, channel) -> values(EXTENSION + ":" + attribute, keys.get(attribute))
                    .forEach(value -> identities.add(Identities.of(EXTENSION + ":" + attribute, channel, value))));
        } else if (extension != null && !extension.isNull()) {
            throw ScimFault.invalidValue(EXTENSION + " must be an object");
        }
        // The userName is the subject unless the subject is said by itself.
        if (identities.stream().noneMatch(identity -> identity.channel() == Channel.OIDC)) {
            identities.add(new Identity(Channel.OIDC, userName));
        }
        identities.forEach(identity -> requireOneSpelling(identity, identities));
        return identities;
    }

    /** The directory has one spelling of a key that proves who somebody is, and takes no second one of anybody. */
    private static void requireOneSpelling(Identity identity, Set<Identity> identities) {
        boolean again = identity.channel() != Channel.EMAIL
                && identities.stream()
                                .filter(other -> other.channel() == identity.channel())
                                .filter(other -> other.value().equalsIgnoreCase(identity.value()))
                                .count()
                        > 1;
        if (again) {
            throw ScimFault.invalidValue("%s has %s in two spellings; send the one that tokens have"
                    .formatted(identity.channel().name().toLowerCase(Locale.ROOT), Quoted.of(identity.value())));
        }
    }

    /** The values of a multi-valued attribute, plain or as objects. One value alone is a list of one, as Entra sends it. */
    private static List<String> values(String attribute, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (JsonNode element : node instanceof ArrayNode ? node : List.of(node)) {
            JsonNode value = element instanceof ObjectNode ? element.get("value") : element;
            if (value == null || value.isNull()) {
                continue;
            }
            if (!(value instanceof TextNode text)) {
                throw ScimFault.invalidValue(attribute + " has a value that is no text; send text");
            }
            values.add(text.textValue());
        }
        if (values.size() > MOST_KEYS) {
            throw ScimFault.invalidValue(
                    "%s has %d values, at most %d are allowed".formatted(attribute, values.size(), MOST_KEYS));
        }
        return values;
    }
}
