package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Rate;
import io.obstat.local.chat.http.RateLimits;
import io.obstat.local.chat.http.Reply;
import io.obstat.local.chat.shape.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Bot Connector, as Teams answers it.
 *
 * @see <a href="https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference">its reference</a>
 */
final class Connector {

    // SPEC: https://learn.microsoft.com/microsoftteams/limits-specifications-teams, about 28 KB a message.
    private static final int LARGEST = 28 * 1024;

    // SPEC: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: 7 a second and 60 in half a
    // minute, to a conversation.
    private static final Rate RATE = new Rate(7, Duration.ofMillis(500));

    private static final int USUAL_PAGE = 200;

    private final TeamsSettings settings;
    private final Tenant tenant;
    private final EntraLogin login;
    private final RateLimits limits;

    Connector(TeamsSettings settings, Tenant tenant, EntraLogin login, RateLimits limits) {
        this.settings = settings;
        this.tenant = tenant;
        this.login = login;
        this.limits = limits;
    }

    Reply answer(Call call) {
        if (!call.bearer().filter(login::isGood).isPresent()) {
            return Reply.json(
                    401,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("message", "Authorization has been denied for this request."));
        }
        try {
            return route(call, call.path().subList(1, call.path().size()));
        } catch (ConnectorError e) {
            return e.reply();
        }
    }

    private Reply route(Call call, List<String> path) {
        if (path.size() < 2 || !path.get(0).equals("v3") || !path.get(1).equals("conversations")) {
            return Reply.text(404, "There is nothing of the Bot Connector's at " + call.target());
        }
        Optional<Reply> tooOften = tooOften(path.size() > 2 ? Tenant.base(path.get(2)) : "create");
        if (tooOften.isPresent()) {
            return tooOften.get();
        }
        String what = call.method() + " " + (path.size() > 3 ? path.get(3) : "") + " " + path.size();
        return switch (what) {
            case "POST  2" -> create(call);
            case "POST activities 4" -> post(call, path.get(2), null);
            case "POST activities 5" -> post(call, path.get(2), path.get(4));
            case "PUT activities 5" -> update(call, path.get(2), path.get(4));
            case "DELETE activities 5" -> delete(path.get(2), path.get(4));
            case "GET members 4" -> members(path.get(2));
            case "GET pagedmembers 4" -> pagedMembers(call, path.get(2));
            case "GET members 5" -> member(path.get(2), path.get(4));
            default -> Reply.text(405, "The Bot Connector has no %s of %s".formatted(call.method(), call.target()));
        };
    }

    private Optional<Reply> tooOften(String key) {
        if (!settings.rateLimited()) {
            return Optional.empty();
        }
        ConnectorError error = new ConnectorError(429, "Throttled", "Too many requests.");
        return limits.take(key, RATE).map(wait -> error.reply().retryAfter(wait));
    }

    /** As Teams was seen to do it: microsoft/teams.net, docs/CreateConversation-API-Behavior.md. */
    private Reply create(Call call) {
        JsonNode asked = body(call);
        String given = asked.path("tenantId")
                .asText(asked.path("channelData").path("tenant").path("id").asText(""));
        if (!given.equals(settings.tenant().toString())) {
            throw new ConnectorError(403, "Forbidden", "The tenant is missing, or is not one of the bot's.");
        }
        String channel = asked.path("channelData").path("channel").path("id").asText("");
        boolean isGroup = asked.path("isGroup").asBoolean();
        JsonNode activity = asked.path("activity");
        if (isGroup && !channel.isEmpty() && activity.isObject()) {
            requireBot(channel);
            TeamsMessage root = tenant.post(channel, null, message(activity));
            return Reply.json(
                    201, object().put("id", Tenant.thread(channel, root.id())).put("activityId", root.id()));
        }
        if (isGroup || asked.path("members").size() != 1) {
            throw ConnectorError.badSyntax("Incorrect conversation creation parameters");
        }
        Persona person = tenant.person(asked.path("members").get(0).path("id").asText())
                .orElseThrow(
                        () -> new ConnectorError(404, "MemberNotFound", "The member was not found in the tenant."));
        String chat = tenant.chat(person);
        if (!tenant.hasBot(chat)) {
            throw new ConnectorError(
                    403, "ForbiddenOperationException", "The bot is not installed in user's personal scope");
        }
        if (activity.isObject()) {
            tenant.post(chat, null, message(activity));
        }
        return Reply.json(201, object().put("id", chat));
    }

    private Reply post(Call call, String conversation, @Nullable String replyTo) {
        String base = Tenant.base(conversation);
        requireBot(base);
        String root = Tenant.root(conversation);
        if (root != null && tenant.message(base, root).isEmpty()) {
            throw ConnectorError.noConversation();
        }
        if (replyTo != null) {
            TeamsMessage answered = tenant.message(base, replyTo).orElseThrow(ConnectorError::noActivity);
            if (root == null && tenant.isChannel(base)) {
                root = answered.root() == null ? answered.id() : answered.root();
            }
        }
        TeamsMessage message = tenant.post(base, root, message(body(call)));
        return Reply.json(201, object().put("id", message.id()));
    }

    private Reply update(Call call, String conversation, String activityId) {
        String base = Tenant.base(conversation);
        requireBot(base);
        TeamsMessage message = tenant.message(base, activityId).orElseThrow(ConnectorError::noActivity);
        tenant.update(message, message(body(call)));
        return Reply.json(200, object().put("id", activityId));
    }

    private Reply delete(String conversation, String activityId) {
        String base = Tenant.base(conversation);
        requireBot(base);
        tenant.delete(tenant.message(base, activityId).orElseThrow(ConnectorError::noActivity));
        return Reply.empty(200);
    }

    private void requireBot(String conversation) {
        if (!tenant.exists(conversation)) {
            throw ConnectorError.noConversation();
        }
        if (!tenant.hasBot(conversation)) {
            throw new ConnectorError(
                    403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        }
    }

    private static JsonNode body(Call call) {
        if (call.body().size() > LARGEST) {
            throw new ConnectorError(413, "MessageSizeTooBig", "Message size too large.");
        }
        JsonNode body = call.json();
        if (!call.isJson() || !body.isObject()) {
            throw ConnectorError.badSyntax("The body is no JSON object.");
        }
        return body;
    }

    /** The activity, when it is a message that Teams takes. */
    private static ObjectNode message(JsonNode activity) {
        if (!activity.path("type").asText().equals("message")) {
            throw ConnectorError.badSyntax("Only activities of type message are taken here.");
        }
        JsonNode attachments = activity.path("attachments");
        if (activity.path("text").asText("").isEmpty() && attachments.isEmpty()) {
            throw ConnectorError.badSyntax("Activity must include non empty 'text' field or at least 1 attachment.");
        }
        for (int i = 0; i < attachments.size(); i++) {
            JsonNode attachment = attachments.get(i);
            if (!attachment.path("contentType").asText().equals(AdaptiveCards.CONTENT_TYPE)) {
                throw new ConnectorError(400, "BadArgument", "Unknown attachment type");
            }
            List<Fault> faults = AdaptiveCards.faults(attachment.path("content"));
            if (!faults.isEmpty()) {
                throw new ConnectorError(
                        400,
                        "BadArgument",
                        "Attachment %d is no Adaptive Card of version 1.5: %s".formatted(i, faults));
            }
        }
        return (ObjectNode) activity;
    }

    private List<Persona> roster(String conversation) {
        String base = Tenant.base(conversation);
        requireBot(base);
        return tenant.partner(base).map(List::of).orElseGet(tenant::people);
    }

    private Reply members(String conversation) {
        ArrayNode members = JsonNodeFactory.instance.arrayNode();
        roster(conversation).forEach(person -> members.add(json(person)));
        return Reply.json(200, members);
    }

    private Reply pagedMembers(Call call, String conversation) {
        List<Persona> roster = roster(conversation);
        int from = number(call, "continuationToken", 0);
        int to = Math.min(roster.size(), from + Math.max(1, number(call, "pageSize", USUAL_PAGE)));
        ObjectNode answer = object();
        ArrayNode members = answer.putArray("members");
        roster.subList(Math.min(from, to), to).forEach(person -> members.add(json(person)));
        if (to < roster.size()) {
            answer.put("continuationToken", String.valueOf(to));
        }
        return Reply.json(200, answer);
    }

    private static int number(Call call, String name, int otherwise) {
        String value = call.query().getOrDefault(name, "");
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
    }

    private Reply member(String conversation, String id) {
        return roster(conversation).stream()
                .filter(person -> person.teamsId().equals(id)
                        || person.entraId().toString().equals(id))
                .findFirst()
                .map(person -> Reply.json(200, json(person)))
                .orElseThrow(
                        () -> new ConnectorError(404, "MemberNotFoundInConversation", "The member was not found."));
    }

    private ObjectNode json(Persona person) {
        boolean guest = person.kind() == Persona.Kind.GUEST;
        String[] names = person.displayName().split(" ", 2);
        return object().put("id", person.teamsId())
                .put("name", person.displayName())
                .put("aadObjectId", person.entraId().toString())
                .put("objectId", person.entraId().toString())
                .put("givenName", names[0])
                .put("surname", names[names.length - 1])
                .put("email", person.email())
                .put(
                        "userPrincipalName",
                        guest ? person.email().replace('@', '_') + "#EXT#@obstat.onmicrosoft.com" : person.email())
                .put("tenantId", settings.tenant().toString())
                .put("userRole", guest ? "guest" : "user");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
