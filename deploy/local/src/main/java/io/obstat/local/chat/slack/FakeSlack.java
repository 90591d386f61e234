package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Calls;
import io.obstat.local.chat.http.Changes;
import io.obstat.local.chat.http.RateLimits;
import io.obstat.local.chat.http.Reply;
import io.obstat.local.chat.http.Trouble;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fake Slack, seen from a test or from the page: what is in it, what people do in it, and trouble on purpose. Safe for use by several
 * threads. What people do blocks until the app has answered, or Slack would have lost its patience.
 */
public final class FakeSlack {

    private final FakeChatSettings settings;
    private final Workspace workspace;
    private final SlackMethods methods;
    private final Sockets sockets;
    private final ResponseUrls responseUrls;
    private final Interactions interactions;
    private final Deliveries deliveries;
    private final Trouble trouble = new Trouble();
    private final Calls calls = new Calls();

    /** @param url where it answers, once it does */
    public FakeSlack(FakeChatSettings settings, Supplier<String> url, InstantSource clock, Changes changes) {
        this.settings = settings;
        workspace = new Workspace(settings, clock, changes);
        Triggers triggers = new Triggers(clock);
        sockets = new Sockets(settings.slack().appId(), url);
        responseUrls = new ResponseUrls(workspace, url);
        interactions = new Interactions(workspace, triggers, responseUrls);
        deliveries = new Deliveries(settings.slack(), clock, sockets);
        methods = new SlackMethods(
                settings.slack(),
                new RateLimits(clock),
                List.of(
                        new ChatMethods(workspace).methods(),
                        new ReadMethods(workspace).methods(),
                        new ViewMethods(workspace, triggers).methods(),
                        sockets.methods()));
    }

    /** Answers what the app asks. */
    public Reply answer(Call call) {
        List<String> path = call.path();
        if (path.size() == 3 && path.get(1).equals("api")) {
            String method = path.get(2);
            calls.count(method);
            return trouble.around(() -> methods.call(method, call));
        }
        if (path.size() == 4 && path.get(1).equals("response")) {
            calls.count("response_url");
            return trouble.around(() -> responseUrls.answer(call));
        }
        return Reply.text(404, "There is nothing of Slack's at " + call.target());
    }

    /** Takes a socket of Socket Mode. */
    public void connect(ServerWebSocket socket) {
        calls.count("socket");
        sockets.connect(socket);
    }

    // What is in it.

    /** What stands in a channel, oldest first; no replies. */
    public List<SlackMessage> messages(String channel) {
        return workspace.messages(channel);
    }

    /** The replies to a message, oldest first. */
    public List<SlackMessage> thread(String channel, String ts) {
        return workspace.replies(channel, ts);
    }

    public Optional<SlackMessage> message(String channel, String ts) {
        return workspace.message(channel, ts);
    }

    /** The id of the channel in which this person and the app are alone. */
    public String directMessages(String user) {
        return workspace.directMessages(person(user));
    }

    /** Every channel there is, direct messages included. */
    public List<String> channels() {
        return workspace.channelIds();
    }

    /** What only this person saw, oldest first. */
    public List<SlackEphemeral> ephemerals(String user) {
        return workspace.ephemerals(user);
    }

    /** The modals on this person's screen, the topmost last. */
    public List<SlackView> views(String user) {
        return workspace.views(user);
    }

    // What people do.

    /**
     * Clicks a button of a message.
     *
     * @throws IllegalArgumentException when this person sees no such message, or it has no such button
     */
    public SlackAnswer click(String user, String channel, String ts, String actionId) {
        return deliveries.send(clickPayload(user, channel, ts, actionId));
    }

    /** What Slack would send for a click; a test may change it and send it itself. */
    public ObjectNode clickPayload(String user, String channel, String ts, String actionId) {
        Persona person = person(user);
        SlackMessage message = workspace
                .message(channel, ts)
                .filter(found -> workspace.partner(channel).map(person::equals).orElse(true))
                .orElseThrow(
                        () -> new IllegalArgumentException("%s sees no message %s in %s".formatted(user, ts, channel)));
        return interactions.blockActions(person, message, actionId);
    }

    /**
     * Sends a modal off, with these texts in its inputs by block id or action id. What Slack itself would not let pass is not sent.
     *
     * @throws IllegalArgumentException when this person has no such modal open, or it has no such input
     */
    public SlackAnswer submit(String user, String viewId, Map<String, String> texts) {
        SlackView view = open(user, viewId);
        List<String> missing = new ArrayList<>();
        ObjectNode values = Interactions.values(view, texts, missing);
        if (!missing.isEmpty()) {
            return new SlackAnswer(0, Duration.ZERO, "", "Please complete these fields: " + String.join(", ", missing));
        }
        SlackAnswer answer = deliveries.send(interactions.viewSubmission(person(user), view, values));
        return answer.isAccepted() ? obey(view, answer) : answer;
    }

    /** Closes a modal. The app hears of it when it wanted to. */
    public void dismiss(String user, String viewId) {
        SlackView view = open(user, viewId);
        workspace.close(viewId);
        if (view.content().path("notify_on_close").asBoolean()) {
            deliveries.send(interactions.viewClosed(person(user), view));
        }
    }

    private SlackView open(String user, String viewId) {
        return workspace
                .view(viewId)
                .filter(view -> view.user().equals(user))
                .orElseThrow(() -> new IllegalArgumentException("%s has no modal %s open".formatted(user, viewId)));
    }

    /** SPEC: https://docs.slack.dev/surfaces/modals, response_action. */
    private SlackAnswer obey(SlackView view, SlackAnswer answer) {
        if (answer.body().isBlank()) {
            workspace.close(view.id());
            return answer;
        }
        JsonNode said = answer.json();
        try {
            switch (said.path("response_action").asText()) {
                case "clear" -> workspace.closeAll(view.user());
                case "update" -> workspace.update(view, ViewMethods.content(said.path("view"), workspace));
                case "push" -> workspace.open(view.user(), ViewMethods.content(said.path("view"), workspace));
                case "errors" -> {
                    return answer.failed(errors(view, said.path("errors")));
                }
                default -> {
                    return answer.failed(Deliveries.TROUBLE);
                }
            }
            return answer;
        } catch (SlackError e) {
            return answer.failed(Deliveries.TROUBLE);
        }
    }

    private static String errors(SlackView view, JsonNode errors) {
        List<String> lines = new ArrayList<>();
        for (JsonNode block : (ArrayNode) view.content().path("blocks")) {
            JsonNode error = errors.path(block.path("block_id").asText());
            if (error.isTextual() && block.path("type").asText().equals("input")) {
                lines.add(error.textValue());
            }
        }
        // Slack shows nothing for a block that is not there: to the person it is trouble.
        return lines.isEmpty() ? Deliveries.TROUBLE : String.join("\n", lines);
    }

    private Persona person(String user) {
        return workspace
                .person(user)
                .orElseThrow(() -> new IllegalArgumentException("There is no user %s; there are %s"
                        .formatted(
                                user,
                                settings.personas().stream()
                                        .map(Persona::slackId)
                                        .toList())));
    }

    // What goes to the app, and how.

    /** From now on clicks are POSTed to this address while no socket is open. */
    public void interactivity(URI target) {
        deliveries.interactivity(target);
    }

    /** A request with this body and a signature that is good; a test may spoil it before it sends it. */
    public SlackCallback callback(String body) {
        return deliveries.signed(body);
    }

    /** How many sockets are open. */
    public int sockets() {
        return sockets.size();
    }

    /** Says goodbye to all sockets, for a reason such as {@code refresh_requested} or {@code warning}, and closes them. */
    public void disconnect(String reason) {
        sockets.disconnect(reason);
    }

    /** Takes the app into a channel, or out of it. */
    public void hasApp(String channel, boolean is) {
        workspace.hasApp(channel, is);
    }

    // Trouble.

    /** From now on 503 to everything, and no sockets; or no more. */
    public void outage(boolean on) {
        trouble.outage(on);
        if (on) {
            sockets.drop();
        }
    }

    /** From now on every answer takes so long; what was asked is done at once all the same. */
    public void slow(Duration delay) {
        trouble.slow(delay);
    }

    /** The next calls are refused with this HTTP status, and nothing is done. */
    public void refuseNext(int times, int status, @Nullable Duration retryAfter) {
        trouble.refuseNext(times, status, retryAfter);
    }

    /** The next calls are done, and their answers lost: the connection is closed. */
    public void loseAnswers(int times) {
        trouble.loseAnswers(times);
    }

    /** How often a method was called, refused or not; {@code response_url} and {@code socket} count too. */
    public int calls(String method) {
        return calls.of(method);
    }
}
