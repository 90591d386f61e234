package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of the bot's.
 *
 * @param conversation the channel or chat where it is, without the thread
 * @param id the activity's id, which identifies it within its conversation
 * @param root the message that its thread begins with; null when it begins one itself, or there are no threads
 * @param activity as the bot sent it last
 * @param version 1, and one more with every update
 */
public record TeamsMessage(
        String conversation, String id, @Nullable String root, ObjectNode activity, int version) {

    public TeamsMessage {
        activity = activity.deepCopy();
    }

    public String text() {
        return activity.path("text").asText("");
    }

    /** The Adaptive Card that everybody gets; empty when there is none. */
    public Optional<ObjectNode> card() {
        for (JsonNode attachment : activity.path("attachments")) {
            if (attachment.path("contentType").asText().equals(AdaptiveCards.CONTENT_TYPE)
                    && attachment.path("content") instanceof ObjectNode card) {
                return Optional.of(card.deepCopy());
            }
        }
        return Optional.empty();
    }

    public boolean isReply() {
        return root != null;
    }

    /** Everything there is to read in it. */
    public String words() {
        return text() + card().map(TeamsMessage::words).orElse("");
    }

    /** Everything there is to read in a card. */
    public static String words(JsonNode card) {
        StringBuilder words = new StringBuilder();
        append(card, words);
        return words.toString();
    }

    private static void append(JsonNode node, StringBuilder words) {
        for (String field : new String[] {"text", "title", "value", "label"}) {
            if (node.path(field).isTextual()) {
                words.append('\n').append(node.path(field).textValue());
            }
        }
        for (JsonNode child : node) {
            if (child.isTextual() && node.isArray()) {
                words.append('\n').append(child.textValue());
            }
            append(child, words);
        }
    }

    TeamsMessage updated(ObjectNode other) {
        return new TeamsMessage(conversation, id, root, other, version + 1);
    }
}
