package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.Persona;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The payloads of what people do. SPEC: https://docs.slack.dev/reference/interaction-payloads */
final class Interactions {

    private final Workspace workspace;
    private final Triggers triggers;
    private final ResponseUrls responseUrls;

    Interactions(Workspace workspace, Triggers triggers, ResponseUrls responseUrls) {
        this.workspace = workspace;
        this.triggers = triggers;
        this.responseUrls = responseUrls;
    }

    /** A click on a button of a message. */
    ObjectNode blockActions(Persona user, SlackMessage message, String actionId) {
        ObjectNode action = message.action(actionId)
                .filter(found -> found.path("type").asText().equals("button"))
                .orElseThrow(() -> new IllegalArgumentException("The message %s in %s has no button %s; it has %s"
                        .formatted(message.ts(), message.channel(), actionId, message.actionIds())));
        ObjectNode payload = common("block_actions", user);
        ObjectNode container = payload.putObject("container")
                .put("type", "message")
                .put("message_ts", message.ts())
                .put("channel_id", message.channel())
                .put("is_ephemeral", false);
        if (message.isReply()) {
            container.put("thread_ts", message.threadTs());
        }
        payload.put("trigger_id", triggers.make(user.slackId()));
        payload.putObject("channel")
                .put("id", message.channel())
                .put("name", workspace.channel(message.channel()).orElse(""));
        payload.set("message", message.json(workspace.app(), true));
        payload.putObject("state").putObject("values");
        payload.put("response_url", responseUrls.make(user.slackId(), message));
        ObjectNode done = payload.putArray("actions").addObject();
        for (String field : new String[] {"type", "action_id", "block_id", "text", "value", "style"}) {
            if (action.has(field)) {
                done.set(field, action.get(field));
            }
        }
        done.put("action_ts", workspace.nextTs());
        return payload;
    }

    /** A modal that is sent off. */
    ObjectNode viewSubmission(Persona user, SlackView view, ObjectNode values) {
        ObjectNode payload = common("view_submission", user);
        payload.put("trigger_id", triggers.make(user.slackId()));
        ObjectNode content = view.json(workspace.app());
        ((ObjectNode) content.get("state")).set("values", values);
        payload.set("view", content);
        payload.putArray("response_urls");
        return payload;
    }

    /** A modal that is closed. */
    ObjectNode viewClosed(Persona user, SlackView view) {
        ObjectNode payload = common("view_closed", user);
        payload.set("view", view.json(workspace.app()));
        payload.put("is_cleared", false);
        return payload;
    }

    private ObjectNode common(String type, Persona user) {
        String team = workspace.app().team();
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("type", type);
        payload.putObject("user")
                .put("id", user.slackId())
                .put("username", user.name())
                .put("name", user.name())
                .put("team_id", team);
        payload.put("api_app_id", workspace.app().id());
        payload.put("token", "obstat-verification-token");
        payload.putObject("team").put("id", team).put("domain", "obstat");
        payload.putNull("enterprise");
        payload.put("is_enterprise_install", false);
        return payload;
    }

    /**
     * The state of a modal with these texts in its inputs, by block id or action id.
     *
     * @param missing gets a line for each input that Slack itself would not let pass
     * @throws IllegalArgumentException naming a value for which there is no input
     */
    static ObjectNode values(SlackView view, Map<String, String> texts, List<String> missing) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        List<String> left = new ArrayList<>(texts.keySet());
        for (Iterator<JsonNode> blocks = view.content().path("blocks").elements(); blocks.hasNext(); ) {
            JsonNode block = blocks.next();
            if (!block.path("type").asText().equals("input")) {
                continue;
            }
            JsonNode element = block.path("element");
            String blockId = block.path("block_id").asText();
            String actionId = element.path("action_id").asText();
            left.remove(blockId);
            left.remove(actionId);
            String text = texts.getOrDefault(
                    blockId,
                    texts.getOrDefault(actionId, element.path("initial_value").asText("")));
            if (text.length() < element.path("min_length").asInt(0) && !text.isEmpty()
                    || text.length() > element.path("max_length").asInt(3000)
                    || text.isEmpty() && !block.path("optional").asBoolean()) {
                missing.add(blockId);
            }
            values.putObject(blockId).set(actionId, value(element, text));
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("The view has no inputs %s".formatted(left));
        }
        return values;
    }

    private static ObjectNode value(JsonNode element, String text) {
        String type = element.path("type").asText();
        ObjectNode value = JsonNodeFactory.instance.objectNode().put("type", type);
        if (type.equals("plain_text_input")) {
            return text.isEmpty() ? value.putNull("value") : value.put("value", text);
        }
        for (JsonNode option : element.path("options")) {
            if (option.path("value").asText().equals(text)) {
                value.set("selected_option", option);
            }
        }
        return value.has("selected_option") ? value : value.putNull("selected_option");
    }
}
