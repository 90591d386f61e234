package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.shape.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code chat.*}: what the app says. */
final class ChatMethods {

    // SPEC: https://docs.slack.dev/reference/methods/chat.postMessage, text.
    private static final int LONGEST_TEXT = 40_000;
    // SPEC: https://docs.slack.dev/messaging/message-metadata, the payload and its event type together.
    private static final int LONGEST_METADATA = 16_000;

    private final Workspace workspace;

    ChatMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, SlackMethods.Method> methods() {
        return Map.of(
                "chat.postMessage", this::post,
                "chat.update", this::update,
                "chat.delete", this::delete,
                "chat.postEphemeral", this::whisper);
    }

    private ObjectNode post(Arguments arguments) {
        String channel = joined(arguments);
        SlackMessage.Content content = content(arguments, null);
        String threadTs = thread(arguments, channel).orElse(null);
        SlackMessage message = workspace.post(channel, threadTs, content);
        ObjectNode answer = place(channel, message.ts());
        answer.set("message", message.json(workspace.app(), true));
        return answer;
    }

    private ObjectNode update(Arguments arguments) {
        String channel = joined(arguments);
        SlackMessage message = existing(arguments, channel);
        SlackMessage updated = message.edited(content(arguments, message.content()), workspace.nextTs());
        workspace.replace(updated);
        ObjectNode answer = place(channel, message.ts()).put("text", updated.text());
        answer.set("message", updated.json(workspace.app(), true));
        return answer;
    }

    private ObjectNode delete(Arguments arguments) {
        String channel = joined(arguments);
        SlackMessage message = existing(arguments, channel);
        workspace.delete(message);
        return place(channel, message.ts());
    }

    private ObjectNode whisper(Arguments arguments) {
        String channel = joined(arguments);
        String user = arguments.required("user");
        Persona person = workspace.person(user).orElseThrow(() -> new SlackError("user_not_in_channel"));
        if (workspace
                .partner(channel)
                .filter(partner -> !partner.equals(person))
                .isPresent()) {
            throw new SlackError("user_not_in_channel");
        }
        SlackMessage.Content content = content(arguments, null);
        String threadTs = thread(arguments, channel).orElse(null);
        SlackEphemeral sent = workspace.whisper(user, channel, threadTs, content.text(), content.blocks());
        return JsonNodeFactory.instance.objectNode().put("message_ts", sent.ts());
    }

    /** The channel, with the app in it. A user id stands for the direct messages with them. */
    private String joined(Arguments arguments) {
        String given = arguments.text("channel").orElseThrow(() -> new SlackError("channel_not_found"));
        String channel = workspace
                .person(given)
                .filter(person -> person.kind() != Persona.Kind.BOT)
                .map(workspace::directMessages)
                .orElse(given);
        if (workspace.channel(channel).isEmpty()) {
            throw new SlackError("channel_not_found");
        }
        if (!workspace.hasApp(channel)) {
            throw new SlackError("not_in_channel");
        }
        return channel;
    }

    private SlackMessage existing(Arguments arguments, String channel) {
        String ts = arguments.required("ts");
        if (workspace.ephemerals().stream().anyMatch(ephemeral -> ephemeral.ts().equals(ts))) {
            throw new SlackError("cant_update_message");
        }
        return workspace.message(channel, ts).orElseThrow(() -> new SlackError("message_not_found"));
    }

    private Optional<String> thread(Arguments arguments, String channel) {
        Optional<String> ts = arguments.text("thread_ts");
        ts.ifPresent(given -> {
            SlackMessage parent =
                    workspace.message(channel, given).orElseThrow(() -> new SlackError("thread_not_found"));
            if (parent.isReply()) {
                throw new SlackError("cannot_reply_to_message");
            }
        });
        return ts;
    }

    /** What is said; in an update, what is not said anew stays. */
    private SlackMessage.Content content(Arguments arguments, SlackMessage.@Nullable Content before) {
        JsonNode blocks = arguments.has("blocks") || before == null ? blocks(arguments) : before.blocks();
        String text = arguments.text("text").orElse(before == null ? "" : before.text());
        if (text.isEmpty() && blocks.isEmpty()) {
            throw new SlackError("no_text");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new SlackError("msg_too_long");
        }
        JsonNode metadata = arguments.has("metadata") || before == null ? metadata(arguments) : before.metadata();
        return new SlackMessage.Content(text, blocks, metadata);
    }

    private JsonNode blocks(Arguments arguments) {
        if (arguments.text("blocks").isEmpty() && !arguments.json("blocks").isArray()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        JsonNode blocks = arguments.json("blocks");
        if (!(blocks instanceof ArrayNode array)) {
            throw new SlackError("invalid_blocks_format");
        }
        List<Fault> faults = BlockKit.faultsOfMessage(array);
        if (!faults.isEmpty()) {
            throw new SlackError("invalid_blocks", faults);
        }
        if (BlockKit.holdTooMuch(array)) {
            throw new SlackError("msg_blocks_too_long");
        }
        return Ids.filled(array, workspace);
    }

    private static JsonNode metadata(Arguments arguments) {
        if (!arguments.has("metadata")) {
            return MissingNode.getInstance();
        }
        JsonNode metadata = arguments.json("metadata");
        if (metadata.isObject() && metadata.isEmpty()) {
            return MissingNode.getInstance();
        }
        if (!metadata.path("event_type").isTextual()
                || !metadata.path("event_payload").isObject()) {
            throw new SlackError("invalid_metadata_format");
        }
        if (metadata.toString().length() > LONGEST_METADATA) {
            throw new SlackError("metadata_too_large");
        }
        return metadata;
    }

    private static ObjectNode place(String channel, String ts) {
        return JsonNodeFactory.instance.objectNode().put("channel", channel).put("ts", ts);
    }
}
