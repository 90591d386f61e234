package io.obstat.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.obstat.intake.Samples;
import io.obstat.intake.StoredAction;
import io.obstat.intake.http.Door.Answer;
import io.obstat.intake.kafka.Road;
import io.obstat.intake.kafka.Trouble;
import io.obstat.intake.quarkus.Surroundings;
import io.obstat.intake.reactive.Actions;
import io.obstat.intake.reactive.DecisionWaits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HttpDoorTest {

    private final Tokens tokens = new Tokens();

    @Inject
    Road road;

    @Inject
    DecisionWaits waits;

    @Inject
    Actions actions;

    @Inject
    Answers answers;

    private Door etl = Door.withoutToken();

    @BeforeEach
    void open() throws Exception {
        etl = Door.of(tokens.sign(tokens.agent("etl-agent")));
    }

    @AfterEach
    void close() {
        etl.close();
        Trouble.AHEAD.set(0);
    }

    @Test
    void shouldAcceptWhatIsPublished() {
        // Given
        ObjectNode request = Samples.requestJson();
        // When
        Answer answer = etl.post(request, "traceparent", Samples.TRACEPARENT);
        // Then
        assertThat(answer.status()).isEqualTo(202);
        String id = answer.text("/id");
        assertThat(answer.headers().get("Location")).endsWith("/v1/actions/" + id);
        assertThat(answer.text("/status")).isEqualTo("pending");
        assertThat(answer.text("/links/decision")).isEqualTo("http://localhost:8084/v1/decisions/" + id);
        assertThat(road.actions()).anySatisfy(envelope -> {
            assertThat(envelope.data()).isInstanceOfSatisfying(ActionRequested.class, requested -> {
                assertThat(requested.actionId().value()).isEqualTo(id);
                assertThat(requested.digest().value()).isEqualTo(answer.text("/digest"));
                assertThat(requested.verified().agent()).isEqualTo(Samples.ETL);
                assertThat(requested.verified().owner()).isEqualTo(Samples.OWNER);
                assertThat(requested.verified().method()).isEqualTo(Verified.Method.OIDC);
            });
            assertThat(envelope.traceparent()).isEqualTo(Samples.TRACEPARENT);
        });
    }

    @Test
    void shouldTakeThePersonFromTheTokenOnly() throws Exception {
        // Given
        try (Door door = Door.of(tokens.sign(tokens.onBehalfOf("dana", "etl-agent")))) {
            // When
            Answer answer = door.post(Samples.requestJson());
            // Then
            assertThat(answer.status()).isEqualTo(202);
            assertThat(road.requests(answer.text("/id")))
                    .singleElement()
                    .satisfies(requested -> assertThat(requested.verified().onBehalfOf())
                            .isNotNull()
                            .satisfies(person -> assertThat(person.email()).isEqualTo("dana@example.com")));
        }
    }

    @Test
    void shouldGiveTheSameAnswerToTheSameKey() {
        // Given
        String key = UUID.randomUUID().toString();
        Answer first = etl.post(Samples.requestJson(), "Idempotency-Key", key);
        // When
        Answer second = etl.post(Samples.requestJson(), "Idempotency-Key", "\"" + key + "\"");
        // Then
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(road.requests(first.text("/id"))).hasSize(1);
    }

    @Test
    void shouldRefuseTheSameKeyForAnotherAction() {
        // Given
        String key = UUID.randomUUID().toString();
        etl.post(Samples.requestJson(), "Idempotency-Key", key);
        // When
        Answer answer = etl.post(Samples.requestJson().put("environment", "staging"), "Idempotency-Key", key);
        // Then
        assertProblem(answer, 422, "idempotency-key-reused");
    }

    @Test
    void shouldMakeOneActionOfEightSimultaneousRequests() {
        // Given
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 25; round++) {
                String key = UUID.randomUUID().toString();
                // When
                List<CompletableFuture<Answer>> answers = IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.supplyAsync(
                                () -> etl.post(Samples.requestJson(), "Idempotency-Key", key), threads))
                        .toList();
                Set<String> ids = answers.stream()
                        .map(CompletableFuture::join)
                        .peek(answer -> assertThat(answer.status()).isEqualTo(202))
                        .map(answer -> answer.text("/id"))
                        .collect(Collectors.toSet());
                // Then
                assertThat(ids).hasSize(1);
                String id = ids.iterator().next();
                assertThat(road.actions().stream()
                                .filter(envelope -> envelope.data().key().equals(id))
                                .distinct())
                        .as("one event, perhaps more than once")
                        .hasSize(1);
            }
        }
    }

    @Test
    void shouldHoldTheAnswerUntilTheDecision() {
        // Given
        String key = UUID.randomUUID().toString();
        String id = etl.post(Samples.requestJson(), "Idempotency-Key", key).text("/id");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(
                () -> etl.post(Samples.requestJson(), "Idempotency-Key", key, "Prefer", "wait=60"));
        await().until(() -> waits.size() == 1);
        assertThat(held).isNotDone();
        // When
        road.decide(Samples.decision(road.requests(id).getFirst(), Outcome.ALLOWED));
        // Then
        Answer answer = held.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Preference-Applied", "wait=60");
        assertThat(answer.text("/status")).isEqualTo("decided");
        assertThat(answer.text("/decision/outcome")).isEqualTo("allowed");
        assertThat(answer.text("/decision/grant/token")).isNotBlank();
        assertThat(waits.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellEveryOutcomeApart(Outcome outcome) {
        // Given
        String key = UUID.randomUUID().toString();
        String id = etl.post(Samples.requestJson(), "Idempotency-Key", key).text("/id");
        Decision decision = Samples.decision(road.requests(id).getFirst(), outcome);
        road.decide(decision);
        // When
        Answer answer = etl.post(Samples.requestJson(), "Idempotency-Key", key, "Prefer", "wait=60");
        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/decision/outcome"))
                .isEqualTo(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(answer.body().at("/decision/grant").isObject()).isEqualTo(outcome == Outcome.ALLOWED);
        assertThat(answer.body().at("/decision/supersededBy").isTextual()).isEqualTo(outcome == Outcome.SUPERSEDED);
        assertThat(Json.readEvent(answer.body().at("/decision"), Decision.class))
                .isEqualTo(decision);
    }

    @Test
    void shouldAnswerPendingWhenTheTimeIsUp() {
        // Given
        long begin = System.nanoTime();
        // When
        Answer answer = etl.post(Samples.requestJson(), "Prefer", "wait=1");
        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers()).containsEntry("Preference-Applied", "wait=1");
        assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
        assertThat(waits.size()).isZero();
    }

    @Test
    void shouldNotMissADecisionThatWasThereBeforeTheWait() {
        // Given
        String key = UUID.randomUUID().toString();
        String id = etl.post(Samples.requestJson(), "Idempotency-Key", key).text("/id");
        road.decide(Samples.decision(road.requests(id).getFirst(), Outcome.DENIED));
        // When
        Answer answer = etl.post(Samples.requestJson(), "Idempotency-Key", key, "Prefer", "wait=60");
        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/decision/outcome")).isEqualTo("denied");
    }

    @Test
    void shouldNotMissADecisionThatComesBetweenTheLookAndTheWait() {
        // Given a repetition that has found no decision
        String id = etl.post(Samples.requestJson()).text("/id");
        StoredAction undecided = stored(id);
        assertThat(undecided.decision()).isNull();
        road.decide(Samples.decision(road.requests(id).getFirst(), Outcome.DENIED));
        await().until(() -> stored(id).decision() != null);
        // When
        RestResponse<byte[]> answer = answers.repeated(undecided, Optional.of(Duration.ofSeconds(60)))
                .await()
                .atMost(Duration.ofSeconds(50));
        // Then
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(waits.size()).isZero();
    }

    private StoredAction stored(String id) {
        return actions.find(new ActionId(id)).await().indefinitely().orElseThrow();
    }

    @Test
    void shouldShowAnActionToItsAgentAndToAuditorsOnly() throws Exception {
        // Given
        String id = etl.post(Samples.requestJson()).text("/id");
        road.decide(Samples.decision(road.requests(id).getFirst(), Outcome.ALLOWED));
        try (Door ops = Door.of(tokens.sign(tokens.agent("ops-agent")));
                Door auditor = Door.of(tokens.sign(tokens.person("ada", "auditors")));
                Door dana = Door.of(tokens.sign(tokens.person("dana", "platform")))) {
            // When
            Answer own = etl.get("/v1/actions/" + id);
            Answer audited = auditor.get("/v1/actions/" + id);
            // Then
            assertThat(own.status()).isEqualTo(200);
            assertThat(own.text("/status")).isEqualTo("decided");
            assertThat(own.text("/request/claimed/intent")).isEqualTo("quarterly churn analysis");
            assertThat(own.body().at("/decision/grant").isObject()).isTrue();
            assertThat(audited.status()).isEqualTo(200);
            assertThat(audited.body().at("/decision").isObject()).isTrue();
            assertThat(audited.body().at("/decision/grant").isMissingNode())
                    .as("the grant is the agent's alone")
                    .isTrue();
            assertProblem(ops.get("/v1/actions/" + id), 404, "not-found");
            assertProblem(dana.get("/v1/actions/" + id), 404, "not-found");
            assertProblem(etl.get("/v1/actions/nonsense"), 404, "not-found");
        }
    }

    @Test
    void shouldWithdrawOnce() throws Exception {
        // Given
        String id = etl.post(Samples.requestJson()).text("/id");
        try (Door ops = Door.of(tokens.sign(tokens.agent("ops-agent")))) {
            assertProblem(ops.delete("/v1/actions/" + id), 404, "not-found");
        }
        // When
        Answer first = etl.delete("/v1/actions/" + id, "{\"reason\": \"not needed\"}");
        Answer second = etl.delete("/v1/actions/" + id);
        // Then
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text("/status")).isEqualTo("withdrawn");
        assertThat(second.status()).isEqualTo(202);
        assertThat(road.withdrawals(id))
                .singleElement()
                .satisfies(withdrawn -> assertThat(withdrawn.reason()).isEqualTo("not needed"));
        assertThat(etl.get("/v1/actions/" + id).text("/withdrawal/reason")).isEqualTo("not needed");
    }

    @Test
    void shouldNotWithdrawWhatIsDecided() {
        // Given
        String id = etl.post(Samples.requestJson()).text("/id");
        road.decide(Samples.decision(road.requests(id).getFirst(), Outcome.ALLOWED));
        // When
        Answer answer = etl.delete("/v1/actions/" + id);
        // Then
        assertProblem(answer, 409, "already-decided");
        assertThat(road.withdrawals(id)).isEmpty();
    }

    @Test
    void shouldKeepWhatKafkaDoesNotTakeAndPublishItOnRepetition() {
        // Given
        String key = UUID.randomUUID().toString();
        Trouble.AHEAD.set(1);
        // When
        Answer first = etl.post(Samples.requestJson(), "Idempotency-Key", key);
        Answer second = etl.post(Samples.requestJson(), "Idempotency-Key", key);
        // Then
        assertProblem(first, 503, "unavailable");
        assertThat(first.headers()).containsEntry("Retry-After", "5");
        assertThat(first.text("/detail")).contains("kept", "same Idempotency-Key");
        assertThat(second.status()).isEqualTo(202);
        assertThat(road.requests(second.text("/id"))).hasSize(1);
    }

    @Test
    void shouldTellTheKeyToWhoeverSentNone() {
        // Given
        Trouble.AHEAD.set(1);
        // When
        Answer first = etl.post(Samples.requestJson());
        Answer second = etl.post(
                Samples.requestJson(),
                "Idempotency-Key",
                String.valueOf(first.headers().get("Idempotency-Key")));
        // Then
        assertProblem(first, 503, "unavailable");
        assertThat(second.status()).isEqualTo(202);
        assertThat(road.requests(second.text("/id"))).hasSize(1);
    }

    static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("urn:obstat:problem:" + type);
        assertThat(answer.body().at("/status").asInt()).isEqualTo(status);
        assertThat(answer.text("/title")).isNotBlank();
        assertThat(answer.text("/detail")).isNotBlank();
    }
}
