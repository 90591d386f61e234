package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/** The activities that Teams sends to a bot. SPEC: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model */
final class Activities {

    /** The team that the channels are in. */
    private static final String TEAM = "19:obstat-team@thread.tacv2";

    private final TeamsSettings settings;
    private final Tenant tenant;
    private final Supplier<String> serviceUrl;
    private final InstantSource clock;

    Activities(TeamsSettings settings, Tenant tenant, Supplier<String> serviceUrl, InstantSource clock) {
        this.settings = settings;
        this.tenant = tenant;
        this.serviceUrl = serviceUrl;
        this.clock = clock;
    }

    String bot() {
        return "28:" + settings.appId();
    }

    /** A click on an action of a card, or its refresh. */
    ObjectNode invoke(Persona person, TeamsMessage message, CardAction clicked, JsonNode data, String trigger) {
        String root = message.root() == null ? message.id() : message.root();
        boolean channel = tenant.isChannel(message.conversation());
        ObjectNode activity = common(
                "invoke", person, channel ? Tenant.thread(message.conversation(), root) : message.conversation());
        activity.put("name", "adaptiveCard/action");
        activity.put("replyToId", message.id());
        ObjectNode value = activity.putObject("value");
        ObjectNode action = value.putObject("action");
        for (String field : new String[] {"type", "title", "id", "verb"}) {
            if (clicked.action().has(field)) {
                action.set(field, clicked.action().get(field));
            }
        }
        action.set("data", data);
        value.put("trigger", trigger);
        ((ObjectNode) activity.get("channelData")).putObject("source").put("name", "message");
        return activity;
    }

    /** The bot came into a conversation, or left it. */
    ObjectNode conversationUpdate(Persona person, String conversation, boolean added) {
        ObjectNode activity = common("conversationUpdate", person, conversation);
        activity.putArray(added ? "membersAdded" : "membersRemoved").addObject().put("id", bot());
        if (tenant.isChannel(conversation)) {
            ((ObjectNode) activity.get("channelData"))
                    .put("eventType", added ? "teamMemberAdded" : "teamMemberRemoved");
        }
        return activity;
    }

    private ObjectNode common(String type, Persona person, String conversation) {
        String base = Tenant.base(conversation);
        boolean channel = tenant.isChannel(base);
        ObjectNode activity = JsonNodeFactory.instance.objectNode();
        activity.put("type", type);
        activity.put("timestamp", clock.instant().toString());
        activity.put("localTimestamp", clock.instant().toString());
        activity.put("localTimezone", "Europe/Berlin");
        activity.put("id", "f:" + UUID.randomUUID());
        activity.put("channelId", "msteams");
        activity.put("serviceUrl", serviceUrl.get());
        activity.putObject("from")
                .put("id", person.teamsId())
                .put("name", person.displayName())
                .put("aadObjectId", person.entraId().toString());
        ObjectNode where = activity.putObject("conversation");
        if (channel) {
            where.put("isGroup", true);
        }
        where.put("conversationType", channel ? "channel" : "personal")
                .put("tenantId", settings.tenant().toString())
                .put("id", conversation);
        activity.putObject("recipient").put("id", bot()).put("name", "Obstat");
        activity.putArray("entities")
                .addObject()
                .put("locale", "en-US")
                .put("country", "US")
                .put("platform", "Web")
                .put("timezone", "Europe/Berlin")
                .put("type", "clientInfo");
        ObjectNode data = activity.putObject("channelData");
        data.putObject("tenant").put("id", settings.tenant().toString());
        if (channel) {
            data.put("teamsChannelId", base).put("teamsTeamId", TEAM);
            data.putObject("channel").put("id", base).put("name", tenant.name(base));
            data.putObject("team").put("id", TEAM).put("name", "Obstat");
        }
        activity.put("locale", "en-US");
        return activity;
    }
}
