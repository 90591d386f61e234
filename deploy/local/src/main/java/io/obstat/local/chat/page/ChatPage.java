package io.obstat.local.chat.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Changes;
import io.obstat.local.chat.http.Reply;
import io.obstat.local.chat.mail.FakeMailbox;
import io.obstat.local.chat.slack.FakeSlack;
import io.obstat.local.chat.teams.FakeTeams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page, what it shows, and what people do on it. */
public final class ChatPage {

    private static final Map<String, String> FILES = Map.of(
            "", "text/html; charset=utf-8",
            "chat.css", "text/css; charset=utf-8",
            "chat.js", "text/javascript; charset=utf-8",
            "slack.js", "text/javascript; charset=utf-8",
            "teams.js", "text/javascript; charset=utf-8");

    private static final Set<String> OWN_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final FakeChatSettings settings;
    private final FakeSlack slack;
    private final FakeTeams teams;
    private final FakeMailbox mailbox;
    private final Changes changes;
    private final ChatState state;

    public ChatPage(FakeChatSettings settings, FakeSlack slack, FakeTeams teams, FakeMailbox mailbox, Changes changes) {
        this.settings = settings;
        this.slack = slack;
        this.teams = teams;
        this.mailbox = mailbox;
        this.changes = changes;
        this.state = new ChatState(settings, slack, teams);
    }

    /** Answers what the page's browser asks. */
    public Reply answer(Call call) {
        // Nobody else's page may look at the chats, or click in them, under a name that leads here.
        if (!isOwnHost(call.header("host").orElse(""))) {
            return Reply.text(403, "This page is at localhost only");
        }
        String path = String.join("/", call.path());
        if (call.method().equals("GET") && FILES.containsKey(path)) {
            return file(path);
        }
        if (call.method().equals("GET") && call.path().getFirst().equals("mail")) {
            return mailbox.answer(call);
        }
        if (call.method().equals("GET") && path.equals("page/state")) {
            return persona(call.query().getOrDefault("persona", ""))
                    .map(person -> state(person, call.query().getOrDefault("since", "0")))
                    .orElseGet(() -> Reply.text(404, "There is nobody of this name"));
        }
        if (call.method().equals("POST") && path.startsWith("page/")) {
            return act(path.substring("page/".length()), call);
        }
        return Reply.text(404, "There is nothing at " + call.target());
    }

    private static boolean isOwnHost(String host) {
        return OWN_HOSTS.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static Reply file(String path) {
        String name = path.isEmpty() ? "index.html" : path;
        try (InputStream file = ChatPage.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(name));
            }
            return Reply.of(200, FILES.getOrDefault(path, ""), file.readAllBytes())
                    .with("content-security-policy", POLICY)
                    .with("x-content-type-options", "nosniff")
                    .with("cache-control", "no-cache");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    private Optional<Persona> persona(String name) {
        return settings.personas().stream()
                .filter(person -> person.name().equals(name) && person.isInTeams())
                .findFirst();
    }

    /** What this person sees, as soon as it is something else than the version that the page knows. */
    private Reply state(Persona person, String since) {
        long known = since.matches("\\d{1,15}") ? Long.parseLong(since) : 0;
        long version = changes.await(known, Changes.patience());
        return Reply.json(200, state.of(person).put("version", version)).with("cache-control", "no-store");
    }

    private Reply act(String what, Call call) {
        // A page of somebody else's cannot send this type without asking first, and is not told yes.
        if (!call.isJson()) {
            return Reply.text(415, "The page sends JSON");
        }
        JsonNode asked = call.json();
        Persona person = persona(asked.path("persona").asText()).orElse(null);
        if (person == null) {
            return Reply.text(404, "There is nobody of this name");
        }
        try {
            return switch (what) {
                case "slack/click" ->
                    problem(slack.click(
                                    person.slackId(), text(asked, "channel"), text(asked, "ts"), text(asked, "action"))
                            .problem());
                case "slack/submit" ->
                    problem(slack.submit(person.slackId(), text(asked, "view"), values(asked))
                            .problem());
                case "slack/dismiss" -> {
                    slack.dismiss(person.slackId(), text(asked, "view"));
                    yield problem(null);
                }
                case "teams/click" -> {
                    var answer = teams.click(
                            person,
                            text(asked, "conversation"),
                            text(asked, "activity"),
                            text(asked, "verb"),
                            values(asked));
                    yield said(answer.problem(), answer.message().orElse(null));
                }
                case "teams/refresh" ->
                    problem(teams.refresh(person, text(asked, "conversation"), text(asked, "activity"))
                            .map(answer -> answer.problem())
                            .orElse(null));
                default -> Reply.text(404, "The page can do no " + what);
            };
        } catch (IllegalArgumentException e) {
            // The page was behind: what was clicked is gone.
            return problem(e.getMessage());
        }
    }

    private static String text(JsonNode asked, String field) {
        return asked.path(field).asText("");
    }

    private static Map<String, String> values(JsonNode asked) {
        Map<String, String> values = new LinkedHashMap<>();
        asked.path("values")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText("")));
        return values;
    }

    private static Reply problem(@Nullable String problem) {
        return said(problem, null);
    }

    private static Reply said(@Nullable String problem, @Nullable String message) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("problem", problem);
        answer.put("message", message);
        return Reply.json(200, answer);
    }
}
