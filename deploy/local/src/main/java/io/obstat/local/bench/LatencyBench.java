package io.obstat.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * From request to decision as an agent sees it, for an action that policy allows by itself, beside a plain relay over as many Kafka topics. Both are
 * under load at the same moments, so what else the machine does meets both; the ratio is what to quote.
 */
final class LatencyBench {

    /** A request passes actions, verdicts and decisions. */
    private static final int HOPS = 3;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /**
     * @param intake where agents ask
     * @param bootstrapServers of the broker
     * @param agent who asks
     * @param token a bearer token of that agent, good for the whole run
     */
    record Target(URI intake, String bootstrapServers, AgentId agent, String token) {}

    /**
     * @param answer until the HTTP answer with the decision ({@code Prefer: wait})
     * @param topic until the decision is read from {@code obstat.decisions}
     * @param relay until the last hop of the plain relay has read its record
     */
    record Result(Percentiles answer, Percentiles topic, Percentiles relay) {}

    /** An open-loop run of which some requests did not end in an allow; a latency without them would be a lie. */
    static final class NotAllAllowed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAllAllowed(List<String> problems) {
            super("%d requests did not end in an allow, so there is no figure. First: %s"
                    .formatted(problems.size(), problems.getFirst()));
        }
    }

    private record Driven(List<String> problems, Clocks answers, Clocks topic, Clocks relayed) {

        Result result() {
            if (!problems.isEmpty()) {
                throw new NotAllAllowed(problems);
            }
            return new Result(answers.percentiles(), topic.percentiles(), relayed.percentiles());
        }
    }

    private final Target target;
    private final HttpClient http;
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    LatencyBench(Target target) {
        this.target = target;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newFixedThreadPool(
                        4, Thread.ofPlatform().daemon().name("bench-http-", 0).factory()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Runs the warm-up, whose figures are thrown away, and then the measurement. */
    Result run(List<Pace> warmUp, Pace measured) throws ExecutionException, InterruptedException, TimeoutException {
        try (var relay = new Relay(target.bootstrapServers(), HOPS, Topics.PARTITIONS);
                var decisions = new DecisionTail(target.bootstrapServers(), this::seen)) {
            decisions.awaitReading();
            for (Pace pace : warmUp) {
                drive(relay, pace);
            }
            return drive(relay, measured).result();
        }
    }

    private void seen(String actionId) {
        CompletableFuture<Void> waiting = awaited.remove(actionId);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private Driven drive(Relay relay, Pace pace) throws ExecutionException, InterruptedException, TimeoutException {
        var answers = new Clocks();
        var topic = new Clocks();
        var relayed = new Clocks();
        Queue<String> problems = new ConcurrentLinkedQueue<>();
        String run = UUID.randomUUID().toString();
        String bearer = "Bearer " + target.token();
        pace.run(i -> {
            String key = run + "-" + i;
            var read = new CompletableFuture<Void>();
            awaited.put(ActionId.derive(target.agent(), key).value(), read);
            topic.time(read);
            answers.time(ask(bearer, key).thenAccept(problem -> {
                if (!problem.isEmpty()) {
                    problems.add(problem);
                }
            }));
            relayed.time(relay.send(key, body(key)));
        });
        answers.await();
        if (problems.isEmpty()) {
            topic.await();
        }
        relayed.await();
        return new Driven(List.copyOf(problems), answers, topic, relayed);
    }

    /** Completes with what was wrong; empty when the action was allowed. */
    private CompletableFuture<String> ask(String bearer, String key) {
        HttpRequest request = HttpRequest.newBuilder(target.intake().resolve("/v1/actions"))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=" + ANSWER_WITHIN.toSeconds())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(key)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(LatencyBench::problem)
                .exceptionally(failure ->
                        String.valueOf(failure instanceof CompletionException ? failure.getCause() : failure));
    }

    private static String problem(HttpResponse<byte[]> response) {
        JsonNode answer = Json.readEvent(response.body(), JsonNode.class);
        String outcome = answer.path("decision").path("outcome").asText();
        return response.statusCode() == 200 && outcome.equals("allowed")
                ? ""
                : "%d %s".formatted(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private static byte[] body(String key) {
        return Json.write(Map.of(
                "type", "db.query",
                "resource", "postgres://demo/customers",
                "environment", "demo",
                "parameters", Map.of("readOnly", true, "sql", "select count(*) from customers", "tag", key),
                "intent", "measure how long a decision takes"));
    }

    /** Measures from the moment a piece of work is handed over to the moment it completes. */
    private static final class Clocks {

        private final Queue<Duration> measured = new ConcurrentLinkedQueue<>();
        private final List<CompletableFuture<?>> underway = new ArrayList<>();

        void time(CompletableFuture<?> work) {
            long begin = System.nanoTime();
            underway.add(work.thenRun(() -> measured.add(Duration.ofNanos(System.nanoTime() - begin))));
        }

        void await() throws ExecutionException, InterruptedException, TimeoutException {
            CompletableFuture.allOf(underway.toArray(CompletableFuture[]::new))
                    .get(ANSWER_WITHIN.toSeconds() * 2, TimeUnit.SECONDS);
        }

        Percentiles percentiles() {
            return Percentiles.of(measured);
        }
    }
}
