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
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;

/**
 * From request to decision as an agent sees it, for an action that policy allows by itself, beside a plain relay over as many Kafka topics. The
 * relay is measured on the same broker at the same rate, half before the requests and half after them: at the same time it would take a part of the
 * machine from what it is there to be compared with.
 */
final class LatencyBench {

    /** A request passes actions, verdicts and decisions. */
    private static final int HOPS = 3;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private static final Load WARM_RELAY = new Load.AtOnce(4, Duration.ofSeconds(5));

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

    /**
     * Warms up and then measures.
     *
     * @param longest how long the warm-up may take; it ends before when more of it makes nothing faster
     * @param warmed is told what each round of the warm-up came to, in requests a second
     * @throws NotAllAllowed when a measured request did not end in an allow
     */
    Result run(Duration longest, Load.AtRate measured, DoubleConsumer warmed)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (var relay = new Relay(target.bootstrapServers(), HOPS, Topics.PARTITIONS);
                var decisions = new TopicTail(target.bootstrapServers(), Topics.DECISIONS, this::seen)) {
            decisions.awaitReading();
            var warmUp = new WarmUp(longest);
            while (warmUp.goesOn()) {
                double perSecond = ask(warmUp.round()).perSecond();
                warmUp.came(perSecond);
                warmed.accept(perSecond);
            }
            var half = new Load.AtRate(measured.perSecond(), measured.duration().dividedBy(2));
            handOn(relay, WARM_RELAY);
            Clocks before = handOn(relay, half);
            Asked asked = ask(measured);
            Clocks after = handOn(relay, half);
            if (!asked.problems().isEmpty()) {
                throw new NotAllAllowed(asked.problems());
            }
            return new Result(
                    asked.answers().percentiles(), asked.topic().percentiles(), Clocks.percentiles(before, after));
        }
    }

    private void seen(String actionId) {
        CompletableFuture<Void> waiting = awaited.remove(actionId);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private record Asked(double perSecond, List<String> problems, Clocks answers, Clocks topic) {}

    private Asked ask(Load load) throws ExecutionException, InterruptedException, TimeoutException {
        var answers = new Clocks();
        var topic = new Clocks();
        Queue<String> problems = new ConcurrentLinkedQueue<>();
        String run = UUID.randomUUID().toString();
        String bearer = "Bearer " + target.token();
        long begin = System.nanoTime();
        int started = load.run((i, planned) -> {
            String key = run + "-" + i;
            var read = new CompletableFuture<Void>();
            awaited.put(ActionId.derive(target.agent(), key).value(), read);
            topic.time(planned, read);
            return answers.time(planned, ask(bearer, key).thenAccept(problem -> {
                if (!problem.isEmpty()) {
                    problems.add(problem);
                }
            }));
        });
        answers.await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (problems.isEmpty()) {
            topic.await();
        }
        return new Asked(started / seconds, List.copyOf(problems), answers, topic);
    }

    private static Clocks handOn(Relay relay, Load load)
            throws ExecutionException, InterruptedException, TimeoutException {
        var relayed = new Clocks();
        String run = UUID.randomUUID().toString();
        load.run((i, planned) -> relayed.time(planned, relay.send(run + "-" + i, body(run + "-" + i))));
        relayed.await();
        return relayed;
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
                "parameters", Map.of("sql", "select count(*) from customers"),
                "intent", "measure how long a decision takes",
                "run", key));
    }
}
