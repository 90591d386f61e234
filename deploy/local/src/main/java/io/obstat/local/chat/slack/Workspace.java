package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.ChatChannel;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Changes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is in the workspace. Safe for use by several threads. */
final class Workspace {

    private static final long MICROS = 1_000_000L;

    private final List<Persona> people;
    private final SlackMessage.App app;
    private final InstantSource clock;
    private final Changes changes;

    private final Map<String, String> channels = new LinkedHashMap<>();
    private final Set<String> withoutApp = new HashSet<>();
    private final Map<String, NavigableMap<String, SlackMessage>> messages = new HashMap<>();
    private final Map<String, List<SlackEphemeral>> ephemerals = new HashMap<>();
    private final Map<String, SlackView> views = new LinkedHashMap<>();
    private long lastMicros;
    private long lastId;

    Workspace(FakeChatSettings settings, InstantSource clock, Changes changes) {
        this.people = settings.personas();
        this.app =
                new SlackMessage.App(settings.slack().appId(), settings.slack().teamId());
        this.clock = clock;
        this.changes = changes;
        for (ChatChannel channel : settings.channels()) {
            channels.put(channel.slackId(), channel.name());
        }
    }

    SlackMessage.App app() {
        return app;
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Persona> person(String id) {
        return people.stream().filter(person -> person.slackId().equals(id)).findFirst();
    }

    Optional<Persona> personByEmail(String email) {
        return people.stream()
                .filter(person -> person.email().equalsIgnoreCase(email) && person.kind() != Persona.Kind.BOT)
                .findFirst();
    }

    /** A timestamp that nothing else in this workspace has. */
    synchronized String nextTs() {
        Instant now = clock.instant();
        lastMicros = Math.max(lastMicros + 1, now.getEpochSecond() * MICROS + now.getNano() / 1_000);
        return "%d.%06d".formatted(lastMicros / MICROS, lastMicros % MICROS);
    }

    /** An id that nothing else in this workspace has. */
    synchronized String nextId(String prefix) {
        lastId++;
        return "%s%08X".formatted(prefix, lastId);
    }

    /** The name of a channel; empty when there is no such channel. A direct message has none of its own. */
    synchronized Optional<String> channel(String id) {
        return Optional.ofNullable(channels.get(id));
    }

    synchronized List<String> channelIds() {
        return List.copyOf(channels.keySet());
    }

    /** The channel in which this person and the app are alone. It is the same whenever it is opened. */
    synchronized String directMessages(Persona person) {
        String id = "D" + person.slackId().substring(1);
        channels.putIfAbsent(id, "directmessage");
        return id;
    }

    /** Whose direct messages these are; empty when it is another channel. */
    Optional<Persona> partner(String channel) {
        return channel.startsWith("D") ? person("U" + channel.substring(1)) : Optional.empty();
    }

    synchronized boolean hasApp(String channel) {
        return !withoutApp.contains(channel);
    }

    synchronized void hasApp(String channel, boolean is) {
        if (is) {
            withoutApp.remove(channel);
        } else {
            withoutApp.add(channel);
        }
    }

    synchronized SlackMessage post(String channel, @Nullable String threadTs, SlackMessage.Content content) {
        SlackMessage message = new SlackMessage(channel, nextTs(), threadTs, content, null);
        messages.computeIfAbsent(channel, none -> new TreeMap<>()).put(message.ts(), message);
        changes.happened();
        return message;
    }

    synchronized void replace(SlackMessage message) {
        messages.getOrDefault(message.channel(), new TreeMap<>()).replace(message.ts(), message);
        changes.happened();
    }

    synchronized void delete(SlackMessage message) {
        messages.getOrDefault(message.channel(), new TreeMap<>()).remove(message.ts());
        changes.happened();
    }

    synchronized Optional<SlackMessage> message(String channel, String ts) {
        return Optional.ofNullable(
                messages.getOrDefault(channel, new TreeMap<>()).get(ts));
    }

    /** What stands in the channel itself, oldest first. */
    synchronized List<SlackMessage> messages(String channel) {
        return messages.getOrDefault(channel, new TreeMap<>()).values().stream()
                .filter(message -> !message.isReply())
                .toList();
    }

    /** The replies to a message, oldest first. */
    synchronized List<SlackMessage> replies(String channel, String ts) {
        return messages.getOrDefault(channel, new TreeMap<>()).values().stream()
                .filter(message -> ts.equals(message.threadTs()))
                .toList();
    }

    synchronized SlackEphemeral whisper(
            String user, String channel, @Nullable String threadTs, String text, JsonNode blocks) {
        SlackEphemeral ephemeral = new SlackEphemeral(channel, nextTs(), threadTs, text, blocks.deepCopy());
        ephemerals.computeIfAbsent(user, nobody -> new ArrayList<>()).add(ephemeral);
        changes.happened();
        return ephemeral;
    }

    synchronized List<SlackEphemeral> ephemerals(String user) {
        return List.copyOf(ephemerals.getOrDefault(user, List.of()));
    }

    /** Those of everybody. */
    synchronized List<SlackEphemeral> ephemerals() {
        return ephemerals.values().stream().flatMap(List::stream).toList();
    }

    synchronized SlackView open(String user, ObjectNode content) {
        SlackView view = new SlackView(nextId("V0"), user, content, nextTs() + ".hash");
        views.put(view.id(), view);
        changes.happened();
        return view;
    }

    synchronized SlackView update(SlackView view, ObjectNode content) {
        SlackView updated = new SlackView(view.id(), view.user(), content, nextTs() + ".hash");
        views.put(view.id(), updated);
        changes.happened();
        return updated;
    }

    /** Closes a modal. */
    synchronized void close(String viewId) {
        views.remove(viewId);
        changes.happened();
    }

    synchronized void closeAll(String user) {
        views.values().removeIf(view -> view.user().equals(user));
        changes.happened();
    }

    synchronized Optional<SlackView> view(String id) {
        return Optional.ofNullable(views.get(id));
    }

    /** The modals on somebody's screen, the topmost last. */
    synchronized List<SlackView> views(String user) {
        return views.values().stream().filter(view -> view.user().equals(user)).toList();
    }
}
