package io.obstat.local.chat.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.ChatChannel;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.slack.FakeSlack;
import io.obstat.local.chat.slack.SlackEphemeral;
import io.obstat.local.chat.slack.SlackMessage;
import io.obstat.local.chat.slack.SlackView;
import io.obstat.local.chat.teams.FakeTeams;
import io.obstat.local.chat.teams.TeamsMessage;

/** What one person sees in both chats, as the page reads it. */
final class ChatState {

    private static final String DIRECT = "Obstat";

    private final FakeChatSettings settings;
    private final FakeSlack slack;
    private final FakeTeams teams;

    ChatState(FakeChatSettings settings, FakeSlack slack, FakeTeams teams) {
        this.settings = settings;
        this.slack = slack;
        this.teams = teams;
    }

    ObjectNode of(Persona person) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("persona", person.name());
        ArrayNode personas = state.putArray("personas");
        ObjectNode users = state.putObject("users");
        for (Persona each : settings.personas()) {
            users.put(each.slackId(), each.displayName());
            if (each.isInTeams()) {
                personas.addObject()
                        .put("name", each.name())
                        .put("displayName", each.displayName())
                        .put("kind", each.kind().name());
            }
        }
        state.set("slack", slackOf(person));
        state.set("teams", teamsOf(person));
        return state;
    }

    private ObjectNode slackOf(Persona person) {
        ObjectNode pane = JsonNodeFactory.instance.objectNode();
        ArrayNode channels = pane.putArray("channels");
        for (ChatChannel channel : settings.channels()) {
            add(channels, channel.slackId(), channel.name(), person).put("direct", false);
        }
        add(channels, slack.directMessages(person.slackId()), DIRECT, person).put("direct", true);
        ArrayNode views = pane.putArray("views");
        for (SlackView view : slack.views(person.slackId())) {
            views.addObject().put("id", view.id()).set("content", view.content());
        }
        return pane;
    }

    private ObjectNode add(ArrayNode channels, String id, String name, Persona person) {
        ObjectNode channel = channels.addObject().put("id", id).put("name", name);
        ArrayNode messages = channel.putArray("messages");
        for (SlackMessage message : slack.messages(id)) {
            ObjectNode json = add(messages, message);
            ArrayNode replies = json.putArray("replies");
            slack.thread(id, message.ts()).forEach(reply -> add(replies, reply));
        }
        ArrayNode ephemerals = channel.putArray("ephemerals");
        for (SlackEphemeral ephemeral : slack.ephemerals(person.slackId())) {
            if (ephemeral.channel().equals(id)) {
                ephemerals
                        .addObject()
                        .put("ts", ephemeral.ts())
                        .put("thread", ephemeral.threadTs())
                        .put("text", ephemeral.text())
                        .set("blocks", ephemeral.blocks());
            }
        }
        return channel;
    }

    private static ObjectNode add(ArrayNode messages, SlackMessage message) {
        ObjectNode json = messages.addObject();
        json.put("ts", message.ts()).put("text", message.text()).put("edited", message.editedTs() != null);
        json.set("blocks", message.blocks());
        return json;
    }

    private ObjectNode teamsOf(Persona person) {
        ObjectNode pane = JsonNodeFactory.instance.objectNode();
        ArrayNode channels = pane.putArray("channels");
        for (ChatChannel channel : settings.channels()) {
            add(channels, channel.teamsId(), channel.name(), false, person);
        }
        add(channels, teams.chat(person), DIRECT, true, person);
        return pane;
    }

    private void add(ArrayNode channels, String id, String name, boolean direct, Persona person) {
        ArrayNode messages = channels.addObject()
                .put("id", id)
                .put("name", name)
                .put("direct", direct)
                .putArray("messages");
        for (TeamsMessage message : teams.messages(id)) {
            if (!message.isReply()) {
                ArrayNode replies = add(messages, message, person).putArray("replies");
                teams.thread(id, message.id()).forEach(reply -> add(replies, reply, person));
            }
        }
    }

    private ObjectNode add(ArrayNode messages, TeamsMessage message, Persona person) {
        ObjectNode json = messages.addObject();
        json.put("id", message.id())
                .put("text", message.text())
                .put("version", message.version())
                .put(
                        "refreshes",
                        message.card().filter(card -> card.has("refresh")).isPresent())
                .put("own", teams.hasOwnCard(person, message.conversation(), message.id()));
        json.set(
                "card", teams.card(person, message.conversation(), message.id()).orElse(null));
        return json;
    }
}
