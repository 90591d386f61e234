package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The addresses at which an app answers a click without a token. Safe for use by several threads. */
final class ResponseUrls {

    // SPEC: https://docs.slack.dev/interactivity/handling-user-interaction, message responses: up to 5 times within 30
    // minutes.
    private static final int MOST_USES = 5;
    private static final Duration GOOD_FOR = Duration.ofMinutes(30);

    private final Workspace workspace;
    private final Supplier<String> url;
    private final Map<String, Click> clicks = new ConcurrentHashMap<>();

    /** The click that is answered. */
    private record Click(String user, SlackMessage message, Instant until, AtomicInteger uses) {}

    ResponseUrls(Workspace workspace, Supplier<String> url) {
        this.workspace = workspace;
        this.url = url;
    }

    /** A new one, for a click on this message. */
    String make(String user, SlackMessage message) {
        String id = UUID.randomUUID().toString();
        clicks.put(id, new Click(user, message, workspace.now().plus(GOOD_FOR), new AtomicInteger()));
        return "%s/slack/response/%s/%s".formatted(url.get(), workspace.app().team(), id);
    }

    Reply answer(Call call) {
        List<String> path = call.path();
        Click click = clicks.get(path.getLast());
        if (!call.method().equals("POST") || click == null || workspace.now().isAfter(click.until())) {
            return Reply.text(404, "expired_url");
        }
        if (click.uses().incrementAndGet() > MOST_USES) {
            return Reply.text(404, "used_url");
        }
        JsonNode said = call.json();
        if (!call.isJson() || !said.isObject()) {
            return Reply.text(400, "invalid_payload");
        }
        return apply(click, said);
    }

    private Reply apply(Click click, JsonNode said) {
        if (said.path("delete_original").asBoolean()) {
            workspace.delete(click.message());
            return Reply.text(200, "ok");
        }
        String text = said.path("text").asText("");
        JsonNode blocks = said.path("blocks");
        if (text.isEmpty() && blocks.isEmpty()) {
            return Reply.text(400, "no_text");
        }
        if (!blocks.isMissingNode()
                && !(blocks instanceof ArrayNode
                        && BlockKit.faultsOfMessage(blocks).isEmpty())) {
            return Reply.text(400, "invalid_blocks");
        }
        ArrayNode filled =
                blocks instanceof ArrayNode array ? Ids.filled(array, workspace) : JsonNodeFactory.instance.arrayNode();
        SlackMessage message = click.message();
        SlackMessage.Content content = new SlackMessage.Content(text, filled, MissingNode.getInstance());
        String thread =
                said.path("thread_ts").isTextual() ? said.path("thread_ts").asText() : null;
        if (said.path("replace_original").asBoolean()) {
            workspace.replace(message.edited(content, workspace.nextTs()));
        } else if (said.path("response_type").asText().equals("in_channel")) {
            workspace.post(message.channel(), thread, content);
        } else {
            workspace.whisper(click.user(), message.channel(), thread, text, filled);
        }
        return Reply.text(200, "ok");
    }
}
