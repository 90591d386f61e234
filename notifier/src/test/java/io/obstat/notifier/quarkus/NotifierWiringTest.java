package io.obstat.notifier.quarkus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.notifier.Samples;
import io.obstat.notifier.webhook.FakeReceiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class NotifierWiringTest {

    @Inject
    Wire wire;

    @Test
    void shouldTellOnceAndPutItOnRecordWhenAnEventIsRedelivered() {
        // Given
        Envelope<ActionEvent> event = Samples.approvalRequired("redelivered");
        // When
        for (int i = 0; i < 3; i++) {
            wire.send("verdicts", EventCodec.encode(event)).join();
        }
        // Then
        await().untilAsserted(() -> assertThat(notified("redelivered")).isNotEmpty());
        assertThat(triesOf("redelivered")).hasSize(1);
        assertThat(notified("redelivered")).hasSize(1).allSatisfy(envelope -> {
            assertThat(envelope.traceparent()).isEqualTo(event.traceparent());
            assertThat(envelope.data()).isInstanceOfSatisfying(Notified.class, notified -> {
                assertThat(notified.about()).isEqualTo(event.id());
                assertThat(notified.kind()).isEqualTo("approval.required");
                assertThat(notified.channel()).isEqualTo("webhook");
                assertThat(notified.recipient()).isEqualTo("ops");
                assertThat(notified.attempts()).isEqualTo(1);
            });
        });
        assertThat(Surroundings.receiver().violations()).isEmpty();
    }

    @Test
    void shouldFollowTheActionOnEveryTopic() {
        // Given / When
        wire.send("verdicts", EventCodec.encode(Samples.approvalRequired("followed")))
                .join();
        wire.send("approvals", EventCodec.encode(Samples.approvalOpened("followed")))
                .join();
        wire.send("approvals", EventCodec.encode(Samples.reviewRecorded("followed")))
                .join();
        wire.send("approvals", EventCodec.encode(Samples.reviewRefused("followed")))
                .join();
        wire.send("decisions", EventCodec.encode(Samples.decision("followed", Outcome.ALLOWED, DecidedBy.PEOPLE)))
                .join();
        wire.send("decisions", EventCodec.encode(Samples.revoked("followed"))).join();
        wire.send("executions", EventCodec.encode(Samples.runOverdue("followed", true)))
                .join();
        // Then
        await().untilAsserted(() -> assertThat(notified("followed")).hasSize(6));
        assertThat(triesOf("followed"))
                .extracting(FakeReceiver.Delivered::body)
                .allSatisfy(body -> assertThat(body).doesNotContain(Samples.GRANT_TOKEN))
                .anySatisfy(body -> assertThat(body).contains("approval.required"))
                .anySatisfy(body -> assertThat(body).contains("approval.opened"))
                .anySatisfy(body -> assertThat(body).contains("approval.reviewed"))
                .anySatisfy(body -> assertThat(body).contains("action.decided"))
                .anySatisfy(body -> assertThat(body).contains("action.revoked"))
                .anySatisfy(body -> assertThat(body).contains("run.overdue"));
    }

    @Test
    void shouldTryAgainUntilTheReceiverTakesIt() {
        // Given
        Surroundings.receiver().answerNext(Samples.action("retried").value(), 500, Map.of());
        Surroundings.receiver().answerNext(Samples.action("retried").value(), 429, Map.of("retry-after", "0"));
        // When
        wire.send("verdicts", EventCodec.encode(Samples.approvalRequired("retried")))
                .join();
        // Then
        await().untilAsserted(() -> assertThat(notified("retried"))
                .singleElement()
                .extracting(Envelope::data)
                .isInstanceOfSatisfying(
                        Notified.class,
                        notified -> assertThat(notified.attempts()).isEqualTo(3)));
        assertThat(triesOf("retried"))
                .hasSize(3)
                .extracting(FakeReceiver.Delivered::id)
                .containsOnly(triesOf("retried").getFirst().id());
    }

    @Test
    void shouldPutAFailureOnRecord() {
        // Given
        Surroundings.receiver().answerNext(Samples.action("refused").value(), 410, Map.of());
        // When
        wire.send("verdicts", EventCodec.encode(Samples.approvalRequired("refused")))
                .join();
        // Then
        await().untilAsserted(() -> assertThat(notified("refused"))
                .singleElement()
                .extracting(Envelope::data)
                .isInstanceOfSatisfying(NotificationFailed.class, failed -> {
                    assertThat(failed.attempts()).isEqualTo(1);
                    assertThat(failed.problem()).startsWith("Answered 410");
                }));
        assertThat(triesOf("refused")).hasSize(1);
    }

    @Test
    void shouldRefuseAPoisonRecordAndGoOn() {
        // Given
        var poison = new ProducerRecord<>(Topics.VERDICTS.name(), "act_x", "{".getBytes(StandardCharsets.UTF_8));
        // When
        CompletableFuture<Void> refused = wire.send("verdicts", poison);
        wire.send("verdicts", EventCodec.encode(Samples.approvalRequired("behind-poison")))
                .join();
        // Then
        assertThat(refused)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(MalformedEventException.class);
        await().untilAsserted(() -> assertThat(notified("behind-poison")).hasSize(1));
    }

    @Test
    void shouldShowTheDeliveryRecordToAuditorsOnly() {
        // Given
        wire.send("verdicts", EventCodec.encode(Samples.approvalRequired("shown")))
                .join();
        await().untilAsserted(() -> assertThat(notified("shown")).hasSize(1));
        String path = "/v1/deliveries/" + Samples.action("shown");
        // When / Then
        given().get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"));
        given().auth()
                .oauth2(Surroundings.token("auditor", "elsewhere", List.of("auditors")))
                .get(path)
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Surroundings.token("reviewer", "obstat", List.of("data-governance")))
                .get(path)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("auditors"));
        given().auth()
                .oauth2(Surroundings.token("auditor", "obstat", List.of("auditors")))
                .get(path)
                .then()
                .statusCode(200)
                .body("actionId", equalTo(Samples.action("shown").value()))
                .body("deliveries", hasSize(1))
                .body("deliveries[0].state", equalTo("delivered"))
                .body("deliveries[0].kind", equalTo("approval.required"))
                .body("deliveries[0].recipient", equalTo("ops"))
                .body("deliveries[0].attempts", equalTo(1));
        given().auth()
                .oauth2(Surroundings.token("auditor", "obstat", List.of("auditors")))
                .get("/v1/deliveries/nonsense")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void shouldBeReadyAndDescribeItself() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/deliveries/{actionId}"));
    }

    /** Events about the key, each once: one whose publication could not be noted is published again, and may be. */
    private List<Envelope<?>> notified(String key) {
        return wire.events(Topics.NOTIFICATIONS, Samples.action(key));
    }

    private static List<FakeReceiver.Delivered> triesOf(String key) {
        return Surroundings.receiver().tries().stream()
                .filter(taken -> taken.body().contains(Samples.action(key).value()))
                .toList();
    }
}
