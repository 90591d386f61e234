package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.Persona;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code auth.test}, {@code conversations.*}, {@code users.*}, {@code usergroups.*}: who and what is there. */
final class ReadMethods {

    private static final int USUAL_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 999;

    /** The groups of the directory that comes with Obstat. */
    private static final Map<String, List<Persona>> GROUPS = Map.of(
            "S0DATAGOV", List.of(Persona.REVIEWER, Persona.SECOND_REVIEWER, Persona.OWNER),
            "S0ONCALL", List.of(Persona.SECOND_REVIEWER, Persona.ONCALL),
            "S0AUDITORS", List.of(Persona.REVIEWER, Persona.AUDITOR));

    private final Workspace workspace;

    ReadMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, SlackMethods.Method> methods() {
        return Map.of(
                "auth.test", this::authTest,
                "conversations.open", this::open,
                "conversations.history", this::history,
                "conversations.replies", this::replies,
                "users.info", this::user,
                "users.lookupByEmail", this::userByEmail,
                "usergroups.users.list", this::group);
    }

    private ObjectNode authTest(Arguments arguments) {
        SlackMessage.App app = workspace.app();
        return object().put("url", "https://obstat.slack.com/")
                .put("team", "Obstat")
                .put("user", app.botName())
                .put("team_id", app.team())
                .put("user_id", app.botUserId())
                .put("bot_id", app.botId())
                .put("is_enterprise_install", false);
    }

    private ObjectNode open(Arguments arguments) {
        String users = arguments.text("users").orElseThrow(() -> new SlackError("users_list_not_supplied"));
        if (users.contains(",")) {
            // Group direct messages are another feature; this app has no use for them.
            throw new SlackError("method_not_supported_for_channel_type");
        }
        Persona person = workspace.person(users).orElseThrow(() -> new SlackError("user_not_found"));
        if (person.kind() == Persona.Kind.BOT) {
            throw new SlackError("cannot_dm_bot");
        }
        ObjectNode answer = object();
        answer.putObject("channel").put("id", workspace.directMessages(person));
        return answer;
    }

    private ObjectNode history(Arguments arguments) {
        String channel = channel(arguments);
        List<SlackMessage> newestFirst = new ArrayList<>(workspace.messages(channel));
        Collections.reverse(newestFirst);
        return page(arguments, newestFirst);
    }

    private ObjectNode replies(Arguments arguments) {
        String channel = channel(arguments);
        SlackMessage parent = workspace
                .message(channel, arguments.required("ts"))
                .orElseThrow(() -> new SlackError("thread_not_found"));
        List<SlackMessage> oldestFirst = new ArrayList<>(List.of(parent));
        oldestFirst.addAll(workspace.replies(channel, parent.ts()));
        return page(arguments, oldestFirst);
    }

    private String channel(Arguments arguments) {
        String channel = arguments.required("channel");
        if (workspace.channel(channel).isEmpty()) {
            throw new SlackError("channel_not_found");
        }
        if (!workspace.hasApp(channel)) {
            throw new SlackError("not_in_channel");
        }
        return channel;
    }

    private ObjectNode page(Arguments arguments, List<SlackMessage> all) {
        boolean inclusive = arguments.flag("inclusive");
        Optional<String> oldest = arguments.text("oldest");
        Optional<String> latest = arguments.text("latest");
        List<SlackMessage> asked = all.stream()
                .filter(message -> oldest.isEmpty() || isIn(message.ts().compareTo(padded(oldest.get())), inclusive))
                .filter(message -> latest.isEmpty() || isIn(padded(latest.get()).compareTo(message.ts()), inclusive))
                .toList();
        int from = arguments.text("cursor").map(ReadMethods::number).orElse(0);
        int limit = Math.clamp(arguments.text("limit").map(ReadMethods::number).orElse(USUAL_LIMIT), 1, HIGHEST_LIMIT);
        int to = Math.min(asked.size(), from + limit);
        ObjectNode answer = object();
        ArrayNode messages = answer.putArray("messages");
        boolean withMetadata = arguments.flag("include_all_metadata");
        for (SlackMessage message : asked.subList(Math.min(from, to), to)) {
            ObjectNode json = message.json(workspace.app(), withMetadata);
            List<SlackMessage> replies = workspace.replies(message.channel(), message.ts());
            if (!replies.isEmpty()) {
                json.put("thread_ts", message.ts())
                        .put("reply_count", replies.size())
                        .put("latest_reply", replies.getLast().ts());
            }
            messages.add(json);
        }
        answer.put("has_more", to < asked.size());
        answer.putObject("response_metadata").put("next_cursor", to < asked.size() ? String.valueOf(to) : "");
        return answer;
    }

    private static boolean isIn(int comparison, boolean inclusive) {
        return inclusive ? comparison >= 0 : comparison > 0;
    }

    /** Whole seconds are taken too; "0" is before everything. */
    private static String padded(String ts) {
        String[] parts = ts.split("\\.", 2);
        return "%010d.%s".formatted((long) number(parts[0]), parts.length == 2 ? parts[1] : "000000");
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SlackError("invalid_arguments");
        }
    }

    private ObjectNode user(Arguments arguments) {
        String id = arguments.required("user");
        ObjectNode answer = object();
        answer.set("user", json(workspace.person(id).orElseThrow(() -> new SlackError("user_not_found"))));
        return answer;
    }

    private ObjectNode userByEmail(Arguments arguments) {
        String email = arguments.required("email");
        ObjectNode answer = object();
        answer.set("user", json(workspace.personByEmail(email).orElseThrow(() -> new SlackError("users_not_found"))));
        return answer;
    }

    private ObjectNode json(Persona person) {
        boolean guest = person.kind() == Persona.Kind.GUEST;
        ObjectNode json = object().put("id", person.slackId())
                .put("team_id", workspace.app().team())
                .put("name", person.name())
                .put("deleted", false)
                .put("real_name", person.displayName())
                .put("tz", "Europe/Berlin")
                .put("is_admin", false)
                .put("is_owner", false)
                .put("is_primary_owner", false)
                .put("is_restricted", guest)
                .put("is_ultra_restricted", false)
                .put("is_bot", person.kind() == Persona.Kind.BOT)
                .put("is_app_user", false)
                .put("is_email_confirmed", true)
                .put("updated", 1_700_000_000);
        ObjectNode profile = json.putObject("profile")
                .put("real_name", person.displayName())
                .put("display_name", person.name())
                .put("team", workspace.app().team());
        if (person.kind() == Persona.Kind.BOT) {
            profile.put("bot_id", "B0ROBOT");
        } else {
            profile.put("email", person.email());
        }
        return json;
    }

    private ObjectNode group(Arguments arguments) {
        List<Persona> members = GROUPS.get(arguments.required("usergroup"));
        if (members == null) {
            throw new SlackError("no_such_subteam");
        }
        ObjectNode answer = object();
        ArrayNode users = answer.putArray("users");
        members.forEach(member -> users.add(member.slackId()));
        return answer;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
