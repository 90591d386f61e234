package io.obstat.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * From the moment a person's approval is sent to the moment the decision is read from {@code obstat.decisions}, with few and with many other approvals
 * pending. One review at a time, of a request that came in by HTTP and needs one approval. The few are measured half before the many and half after them,
 * so that what becomes faster or slower during the run counts for both.
 */
final class ReviewBench {

    private static final Duration COMES_WITHIN = Duration.ofSeconds(60);

    /** After each change of the fill, so many are not counted. */
    private static final int SETTLING = 30;

    /**
     * @param intake where agents ask
     * @param decisions where people review
     * @param bootstrapServers of the broker
     * @param agent a bearer token of the agent that asks, good for the whole run
     * @param reviewer a bearer token of a person who may approve it, good for the whole run
     */
    record Target(URI intake, URI decisions, String bootstrapServers, String agent, String reviewer) {}

    /** @param pending how many approvals waited, beside the one that was reviewed */
    record Measured(int pending, Percentiles review) {}

    record Result(Measured few, Measured many) {}

    private record Asked(ActionId id, String digest) {}

    private final Target target;
    private final PendingFill fill;
    private final Consumer<String> progress;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, CompletableFuture<Long>> opened = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Long>> decided = new ConcurrentHashMap<>();

    /** @param progress is told what is done now */
    ReviewBench(Target target, PendingFill fill, Consumer<String> progress) {
        this.target = target;
        this.fill = fill;
        this.progress = progress;
    }

    /**
     * @param few pending approvals to compare with
     * @param many pending approvals
     * @param reviews how many to measure with each; even
     * @throws IllegalStateException when a request does not wait for people or a review does not count: then there is no figure
     */
    Result run(int few, int many, int reviews)
            throws IOException, InterruptedException, SQLException, ExecutionException, TimeoutException {
        try (var approvals = new TopicTail(target.bootstrapServers(), Topics.APPROVALS, key -> tell(opened, key));
                var decisions = new TopicTail(target.bootstrapServers(), Topics.DECISIONS, key -> tell(decided, key))) {
            approvals.awaitReading();
            decisions.awaitReading();
            Asked original = ask();
            progress.accept("warm-up: %d reviews".formatted(reviews));
            int pendingFew = fill.fillTo(few, original.id());
            review(reviews);
            List<Duration> withFew = new ArrayList<>(with(pendingFew, reviews / 2));
            int pendingMany = fill.fillTo(many, original.id());
            List<Duration> withMany = with(pendingMany, reviews);
            withFew.addAll(with(fill.fillTo(few, original.id()), reviews / 2));
            review(original);
            return new Result(
                    new Measured(pendingFew, Percentiles.of(withFew)),
                    new Measured(pendingMany, Percentiles.of(withMany)));
        }
    }

    private List<Duration> with(int pending, int reviews)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        progress.accept("%d reviews with %d pending".formatted(reviews, pending));
        review(SETTLING);
        return review(reviews);
    }

    private List<Duration> review(int times)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var took = new ArrayList<Duration>();
        for (int i = 0; i < times; i++) {
            took.add(review(ask()));
        }
        return took;
    }

    /** Returns once the request waits for people. */
    private Asked ask() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String key = UUID.randomUUID().toString();
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(target.intake().resolve("/v1/actions"))
                        .header("Authorization", "Bearer " + target.agent())
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(Map.of(
                                "type", "data.export",
                                "resource", "postgres://demo/customers",
                                "environment", "demo",
                                "parameters", Map.of("where", Map.of("country", "DE", "batch", key), "rows", 300),
                                "intent", "measure how long a review takes")))));
        require(response, 202);
        JsonNode answer = Json.readEvent(response.body(), JsonNode.class);
        var asked = new Asked(
                new ActionId(answer.path("id").asText()), answer.path("digest").asText());
        await(opened, asked.id(), "was not opened; does policy ask people for it?");
        return asked;
    }

    /** Returns how long it took from sending it until the decision was read. */
    private Duration review(Asked asked)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        HttpRequest.Builder review = HttpRequest.newBuilder(
                        target.decisions().resolve("/v1/approvals/%s/reviews".formatted(asked.id())))
                .header("Authorization", "Bearer " + target.reviewer())
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(Map.of("verb", "approve", "digest", asked.digest(), "reason", "a measurement"))));
        long sent = System.nanoTime();
        require(send(review), 201);
        return Duration.ofNanos(
                await(decided, asked.id(), "was approved and not decided; does it need more than one person?") - sent);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(
                request.header("Content-Type", "application/json")
                        .timeout(COMES_WITHIN)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void require(HttpResponse<byte[]> response, int status) {
        if (response.statusCode() != status) {
            throw new IllegalStateException("%s answered %d and not %d, so there is no figure: %s"
                    .formatted(
                            response.uri(),
                            response.statusCode(),
                            status,
                            new String(response.body(), StandardCharsets.UTF_8)));
        }
    }

    /** Whoever comes first, the reader of the topic or who waits for it, puts the moment there. */
    private static void tell(Map<String, CompletableFuture<Long>> moments, String action) {
        moments.computeIfAbsent(action, id -> new CompletableFuture<>()).complete(System.nanoTime());
    }

    private static long await(Map<String, CompletableFuture<Long>> moments, ActionId action, String trouble)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return moments.computeIfAbsent(action.value(), id -> new CompletableFuture<>())
                    .get(COMES_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("%s %s There is no figure.".formatted(action, trouble), e);
        }
    }
}
