package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of the app's.
 *
 * @param channel where it is
 * @param ts when it was posted, which identifies it within its channel
 * @param threadTs the message that it answers; null when it answers none
 * @param content what it says
 * @param editedTs when it was changed last; null when it never was
 */
public record SlackMessage(
        String channel,
        String ts,
        @Nullable String threadTs,
        Content content,
        @Nullable String editedTs) {

    /**
     * What a message says.
     *
     * @param text for notifications, and where blocks are not shown
     * @param blocks an array; empty when there are none
     * @param metadata an object with event_type and event_payload; missing when there is none
     */
    public record Content(String text, JsonNode blocks, JsonNode metadata) {
        public Content {
            blocks = blocks.deepCopy();
            metadata = metadata.deepCopy();
        }
    }

    public String text() {
        return content.text();
    }

    public JsonNode blocks() {
        return content.blocks();
    }

    public JsonNode metadata() {
        return content.metadata();
    }

    public boolean isReply() {
        return threadTs != null;
    }

    SlackMessage edited(Content other, String now) {
        return new SlackMessage(channel, ts, threadTs, other, now);
    }

    /** The element with this action id, with the block's id beside it as {@code block_id}; empty when there is none. */
    public Optional<ObjectNode> action(String actionId) {
        return actions().stream()
                .filter(action -> action.path("action_id").asText().equals(actionId))
                .findFirst();
    }

    /** The ids of everything that can be clicked, in order. */
    public List<String> actionIds() {
        return actions().stream()
                .map(action -> action.path("action_id").asText())
                .toList();
    }

    private List<ObjectNode> actions() {
        List<ObjectNode> found = new ArrayList<>();
        for (JsonNode block : content.blocks()) {
            List<JsonNode> elements = new ArrayList<>();
            block.path("elements").forEach(elements::add);
            elements.add(block.path("accessory"));
            for (JsonNode element : elements) {
                if (element instanceof ObjectNode object && object.has("action_id")) {
                    ObjectNode copy = object.deepCopy();
                    copy.set("block_id", block.path("block_id"));
                    found.add(copy);
                }
            }
        }
        return found;
    }

    /** Everything there is to read in it, with a line for each piece: what a test looks for words in. */
    public String words() {
        StringBuilder words = new StringBuilder(content.text());
        append(content.blocks(), words);
        return words.toString();
    }

    static void append(JsonNode node, StringBuilder words) {
        for (String field : List.of("text", "fallback")) {
            if (node.path(field).isTextual()) {
                words.append('\n').append(node.path(field).textValue());
            }
        }
        for (JsonNode child : node) {
            append(child, words);
        }
    }

    /** As the Web API and payloads show it. */
    ObjectNode json(App app, boolean withMetadata) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "message");
        json.put("user", app.botUserId());
        json.put("ts", ts);
        json.put("bot_id", app.botId());
        json.put("app_id", app.id());
        json.put("text", content.text());
        json.put("team", app.team());
        if (threadTs != null) {
            json.put("thread_ts", threadTs);
            json.put("parent_user_id", app.botUserId());
        }
        if (!content.blocks().isEmpty()) {
            json.set("blocks", content.blocks().deepCopy());
        }
        if (withMetadata && content.metadata().isObject()) {
            json.set("metadata", content.metadata().deepCopy());
        }
        if (editedTs != null) {
            json.putObject("edited").put("user", app.botUserId()).put("ts", editedTs);
        }
        return json;
    }

    /** The app as its messages name it. */
    record App(String id, String team) {
        String botUserId() {
            return "U0OBSTATBOT";
        }

        String botId() {
            return "B0OBSTAT";
        }

        String botName() {
            return "obstat";
        }
    }
}
