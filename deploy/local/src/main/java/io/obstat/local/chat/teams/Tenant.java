package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.ChatChannel;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Changes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is in the tenant. Safe for use by several threads. */
final class Tenant {

    private static final String THREAD = ";messageid=";

    private final List<Persona> people;
    private final InstantSource clock;
    private final Changes changes;
    private final Map<String, String> channels = new LinkedHashMap<>();
    private final Set<String> withoutBot = new HashSet<>();
    private final Map<String, Map<String, TeamsMessage>> messages = new HashMap<>();
    private final Map<OwnCard, ObjectNode> ownCards = new HashMap<>();
    private long lastId;

    /** Whose card of which message. */
    private record OwnCard(String conversation, String activityId, Persona person) {}

    Tenant(FakeChatSettings settings, InstantSource clock, Changes changes) {
        this.people = settings.personas().stream().filter(Persona::isInTeams).toList();
        this.clock = clock;
        this.changes = changes;
        for (ChatChannel channel : settings.channels()) {
            channels.put(channel.teamsId(), channel.name());
        }
    }

    List<Persona> people() {
        return people;
    }

    /** By the id that the bot knows, or by Entra's object id. */
    Optional<Persona> person(String id) {
        return people.stream()
                .filter(person -> person.teamsId().equals(id)
                        || person.entraId().toString().equals(id))
                .findFirst();
    }

    /** The chat of this person with the bot. */
    String chat(Persona person) {
        return "a:1" + person.teamsId().substring(4);
    }

    /** Whose chat this is; empty when it is none. */
    Optional<Persona> partner(String conversation) {
        return people.stream()
                .filter(person -> chat(person).equals(conversation))
                .findFirst();
    }

    boolean isChannel(String conversation) {
        return channels.containsKey(conversation);
    }

    String name(String channel) {
        return channels.getOrDefault(channel, "");
    }

    boolean exists(String conversation) {
        return isChannel(conversation) || partner(conversation).isPresent();
    }

    /** The conversation without its thread. */
    static String base(String conversation) {
        int at = conversation.indexOf(THREAD);
        return at < 0 ? conversation : conversation.substring(0, at);
    }

    /** The message that the thread begins with; null when the id names no thread. */
    static @Nullable String root(String conversation) {
        int at = conversation.indexOf(THREAD);
        return at < 0 ? null : conversation.substring(at + THREAD.length());
    }

    static String thread(String channel, String root) {
        return channel + THREAD + root;
    }

    synchronized boolean hasBot(String conversation) {
        return !withoutBot.contains(conversation);
    }

    synchronized void hasBot(String conversation, boolean is) {
        if (is) {
            withoutBot.remove(conversation);
        } else {
            withoutBot.add(conversation);
        }
    }

    synchronized TeamsMessage post(String conversation, @Nullable String root, ObjectNode activity) {
        lastId = Math.max(lastId + 1, clock.millis());
        TeamsMessage message = new TeamsMessage(conversation, String.valueOf(lastId), root, activity, 1);
        messages.computeIfAbsent(conversation, none -> new LinkedHashMap<>()).put(message.id(), message);
        changes.happened();
        return message;
    }

    synchronized Optional<TeamsMessage> message(String conversation, String id) {
        return Optional.ofNullable(messages.getOrDefault(conversation, Map.of()).get(id));
    }

    /** Everybody gets the new card: what they had of their own is gone. */
    synchronized void update(TeamsMessage message, ObjectNode activity) {
        messages.getOrDefault(message.conversation(), new HashMap<>()).replace(message.id(), message.updated(activity));
        forgetOwnCards(message);
        changes.happened();
    }

    synchronized void delete(TeamsMessage message) {
        messages.getOrDefault(message.conversation(), new HashMap<>()).remove(message.id());
        forgetOwnCards(message);
        changes.happened();
    }

    private void forgetOwnCards(TeamsMessage message) {
        ownCards.keySet()
                .removeIf(key -> key.conversation().equals(message.conversation())
                        && key.activityId().equals(message.id()));
    }

    /** Those of a conversation, oldest first. */
    synchronized List<TeamsMessage> messages(String conversation) {
        return new ArrayList<>(messages.getOrDefault(conversation, Map.of()).values());
    }

    synchronized void ownCard(TeamsMessage message, Persona person, ObjectNode card) {
        // What comes after an update belongs to a card that is gone.
        if (message(message.conversation(), message.id())
                .filter(now -> now.version() == message.version())
                .isPresent()) {
            ownCards.put(new OwnCard(message.conversation(), message.id(), person), card.deepCopy());
            changes.happened();
        }
    }

    /** The card as this person sees it; empty when there is none. */
    synchronized Optional<ObjectNode> card(TeamsMessage message, Persona person) {
        ObjectNode own = ownCards.get(new OwnCard(message.conversation(), message.id(), person));
        return own == null ? message.card() : Optional.of(own.deepCopy());
    }

    synchronized boolean hasOwnCard(TeamsMessage message, Persona person) {
        return ownCards.containsKey(new OwnCard(message.conversation(), message.id(), person));
    }
}
