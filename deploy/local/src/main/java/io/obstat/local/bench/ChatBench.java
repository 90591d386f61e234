package io.obstat.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import io.obstat.local.chat.ChatChannel;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.slack.SlackMessage;
import io.obstat.local.chat.teams.TeamsMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a click in a chat to the card that says what became of it, there and in the other chat; and, as the baseline, to the acknowledgement of the
 * same click. One click at a time, in turn in Slack and in Teams, on a request that needs one approval.
 */
final class ChatBench {

    private static final Duration COMES_WITHIN = Duration.ofSeconds(60);

    /** A card on which nothing changes for so long has been rewritten for what came before the click. */
    private static final Duration QUIET = Duration.ofMillis(300);

    /** A new card is among so many messages at the end: the others would take the machine's time to look through. */
    private static final int LATEST = 10;

    private static final long LOOK_EVERY_NS = 250_000;
    private static final String SLACK = ChatChannel.DATA.slackId();
    private static final String TEAMS = ChatChannel.DATA.teamsId();

    /**
     * @param intake where agents ask
     * @param bootstrapServers of the broker
     * @param agent a bearer token of the agent that asks, good for the whole run
     */
    record Target(URI intake, String bootstrapServers, String agent) {}

    /**
     * What clicks in one chat came to.
     *
     * @param acknowledged until the chat heard that the click had arrived
     * @param same until the card said so where it was clicked
     * @param other until the card said so in the other chat
     */
    record Measured(Percentiles acknowledged, Percentiles same, Percentiles other) {}

    record Result(Measured slack, Measured teams, Measured both) {}

    private record Click(Duration acknowledged, Duration same, Duration other) {}

    /** Where the cards about a request stand. */
    private record Cards(String ts, String activity) {}

    private final Target target;
    private final FakeChat chat;
    private final Consumer<String> progress;
    private final Executor clicks = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, CompletableFuture<Boolean>> opened = new ConcurrentHashMap<>();

    /** @param progress is told what is done now */
    ChatBench(Target target, FakeChat chat, Consumer<String> progress) {
        this.target = target;
        this.chat = chat;
        this.progress = progress;
    }

    /**
     * @param warmUp how many clicks in each chat are not counted
     * @param clicks how many clicks in each chat are
     * @throws IllegalStateException when a card does not come or a click is not taken: then there is no figure
     */
    Result run(int warmUp, int clicks) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (var approvals = new TopicTail(
                target.bootstrapServers(), Topics.APPROVALS, key -> opened(key).complete(true))) {
            approvals.awaitReading();
            progress.accept("warm-up: %d clicks in each chat".formatted(warmUp));
            click(warmUp, new ArrayList<>(), new ArrayList<>());
            progress.accept("%d clicks in each chat".formatted(clicks));
            var slack = new ArrayList<Click>();
            var teams = new ArrayList<Click>();
            click(clicks, slack, teams);
            var both = new ArrayList<Click>(slack);
            both.addAll(teams);
            return new Result(measured(slack), measured(teams), measured(both));
        }
    }

    private void click(int times, List<Click> slack, List<Click> teams)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        for (int i = 0; i < times; i++) {
            Cards first = ask();
            slack.add(click(
                    () -> chat.slack()
                            .click(Persona.REVIEWER.slackId(), SLACK, first.ts(), "approve")
                            .shown(),
                    () -> isRewrittenInSlack(first),
                    () -> isRewrittenInTeams(first)));
            Cards second = ask();
            teams.add(click(
                    () -> Optional.ofNullable(chat.teams()
                            .click(Persona.REVIEWER, TEAMS, second.activity(), "approve")
                            .problem()),
                    () -> isRewrittenInTeams(second),
                    () -> isRewrittenInSlack(second)));
        }
    }

    private static Measured measured(List<Click> clicks) {
        return new Measured(
                Percentiles.of(clicks.stream().map(Click::acknowledged).toList()),
                Percentiles.of(clicks.stream().map(Click::same).toList()),
                Percentiles.of(clicks.stream().map(Click::other).toList()));
    }

    private CompletableFuture<Boolean> opened(String action) {
        return opened.computeIfAbsent(action, id -> new CompletableFuture<>());
    }

    /** Returns once the request waits for people, and both cards stand still. */
    private Cards ask() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String key = UUID.randomUUID().toString();
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(target.intake().resolve("/v1/actions"))
                        .header("Authorization", "Bearer " + target.agent())
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .timeout(COMES_WITHIN)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(Map.of(
                                "type", "data.export",
                                "resource", "postgres://demo/customers",
                                "environment", "demo",
                                "parameters", Map.of("where", Map.of("country", "DE", "batch", key), "rows", 300),
                                "intent", "measure how long a click takes"))))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 202) {
            throw new IllegalStateException("The request was answered %d, so there is no figure: %s"
                    .formatted(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
        }
        var action = new ActionId(
                Json.readEvent(response.body(), JsonNode.class).path("id").asText());
        opened(action.value()).get(COMES_WITHIN.toSeconds(), TimeUnit.SECONDS);
        String name = "#" + action.shortForm();
        await(() -> slackCard(name).isPresent() && teamsCard(name).isPresent(), "No card came for " + action);
        var cards = new Cards(
                slackCard(name).orElseThrow().ts(),
                teamsCard(name).orElseThrow().id());
        awaitQuiet(cards);
        return cards;
    }

    private void awaitQuiet(Cards cards) {
        String seen = seen(cards);
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos()) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
            String now = seen(cards);
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
        }
    }

    private String seen(Cards cards) {
        return inSlack(cards).editedTs() + " " + inTeams(cards).version();
    }

    private Optional<SlackMessage> slackCard(String name) {
        return chat.slack().messages(SLACK).reversed().stream()
                .limit(LATEST)
                .filter(message -> message.text().endsWith(name))
                .findFirst();
    }

    private Optional<TeamsMessage> teamsCard(String name) {
        return chat.teams().messages(TEAMS).reversed().stream()
                .limit(LATEST)
                .filter(message -> !message.isReply() && message.words().contains(name))
                .findFirst();
    }

    private SlackMessage inSlack(Cards cards) {
        return chat.slack().message(SLACK, cards.ts()).orElseThrow();
    }

    private TeamsMessage inTeams(Cards cards) {
        return chat.teams().message(TEAMS, cards.activity()).orElseThrow();
    }

    private boolean isRewrittenInSlack(Cards cards) {
        return inSlack(cards).text().contains("Allowed");
    }

    private boolean isRewrittenInTeams(Cards cards) {
        return inTeams(cards).words().contains("Allowed");
    }

    /** Clicks, and watches both cards while the click is under way: Teams holds it open for a moment. */
    private Click click(Supplier<Optional<String>> click, BooleanSupplier same, BooleanSupplier other)
            throws InterruptedException, ExecutionException, TimeoutException {
        long sent = System.nanoTime();
        CompletableFuture<Duration> acknowledged = CompletableFuture.supplyAsync(
                () -> {
                    click.get().ifPresent(problem -> {
                        throw new IllegalStateException("A click was not taken, so there is no figure: " + problem);
                    });
                    return Duration.ofNanos(System.nanoTime() - sent);
                },
                clicks);
        @Nullable Duration inSame = null;
        @Nullable Duration inOther = null;
        while (inSame == null || inOther == null) {
            Duration now = Duration.ofNanos(System.nanoTime() - sent);
            inSame = inSame == null && same.getAsBoolean() ? now : inSame;
            inOther = inOther == null && other.getAsBoolean() ? now : inOther;
            if (now.compareTo(COMES_WITHIN) > 0) {
                throw new IllegalStateException(
                        "A card does not say what became of the click after %s. There is no figure.".formatted(now));
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        return new Click(acknowledged.get(COMES_WITHIN.toSeconds(), TimeUnit.SECONDS), inSame, inOther);
    }

    private static void await(BooleanSupplier there, String trouble) {
        long until = System.nanoTime() + COMES_WITHIN.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(trouble + ". There is no figure.");
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
