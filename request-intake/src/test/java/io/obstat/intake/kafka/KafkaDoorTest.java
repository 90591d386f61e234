package io.obstat.intake.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topics;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.intake.Samples;
import io.obstat.intake.jose.Signer;
import io.obstat.intake.json.Garbage;
import io.obstat.intake.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class KafkaDoorTest {

    @Inject
    Road road;

    @AfterEach
    void endTrouble() {
        Trouble.AHEAD.set(0);
    }

    @Test
    void shouldAcceptASignedIntent() {
        // Given
        String jti = UUID.randomUUID().toString();
        // When
        Optional<String> refusal =
                road.intent(intent(jti, Samples.requestJson())).join();
        // Then
        assertThat(refusal).isEmpty();
        assertThat(road.requests(id(jti))).singleElement().satisfies(requested -> {
            assertThat(requested.verified().method()).isEqualTo(Verified.Method.JWS);
            assertThat(requested.verified().authority()).isEqualTo("etl-agent-1");
            assertThat(requested.verified().owner()).isEqualTo(Samples.OWNER);
        });
        assertThat(road.actions())
                .filteredOn(envelope -> envelope.data().key().equals(id(jti)))
                .allMatch(envelope -> Samples.TRACEPARENT.equals(envelope.traceparent()));
    }

    @Test
    void shouldRecogniseARepeatedIntent() {
        // Given
        String jti = UUID.randomUUID().toString();
        road.intent(intent(jti, Samples.requestJson())).join();
        // When
        Optional<String> refusal =
                road.intent(intent(jti, Samples.requestJson())).join();
        // Then
        assertThat(refusal).isEmpty();
        assertThat(road.requests(id(jti))).hasSize(1);
    }

    @Test
    void shouldRefuseTheSameJtiForAnotherAction() {
        // Given
        String jti = UUID.randomUUID().toString();
        road.intent(intent(jti, Samples.requestJson())).join();
        ObjectNode other = Samples.requestJson().put("resource", "postgres://prod/orders");
        // When
        Optional<String> refusal = road.intent(intent(jti, other)).join();
        // Then
        assertThat(refusal).hasValueSatisfying(reason -> assertThat(reason).contains("jti is used", id(jti)));
        assertThat(road.requests(id(jti))).hasSize(1);
    }

    @Test
    void shouldSendWhatIsNoEventToTheDeadLettersWithItsReason() {
        // Given
        var noEvent = new ProducerRecord<String, byte[]>(
                Topics.INTENTS.name(), "any", "hello".getBytes(StandardCharsets.UTF_8));
        var noValue = new ProducerRecord<String, byte[]>(Topics.INTENTS.name(), "any", null);
        // When
        Optional<String> first = road.record(noEvent).join();
        Optional<String> second = road.record(noValue).join();
        // Then
        assertThat(first).hasValueSatisfying(reason -> assertThat(reason).contains("CloudEvent"));
        assertThat(second).hasValueSatisfying(reason -> assertThat(reason).contains("no value"));
    }

    @Test
    void shouldRefuseADeadlineThatIsOver() {
        // Given
        ObjectNode late = Samples.requestJson().put("deadline", "2001-01-01T00:00:00Z");
        // When
        Optional<String> refusal =
                road.intent(intent(UUID.randomUUID().toString(), late)).join();
        // Then
        assertThat(refusal).hasValueSatisfying(reason -> assertThat(reason).contains("deadline is 2001-01-01"));
    }

    @Test
    void shouldRefuseEveryGarbageIntentAndGoOnWithTheGoodOnes() {
        // Given a good intent behind each five bad ones
        byte[] sound = Json.write(Samples.requestJson());
        List<CompletableFuture<Optional<String>>> bad = new ArrayList<>();
        List<CompletableFuture<Optional<String>>> good = new ArrayList<>();
        int before = road.actions().size();
        // When
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            String jws = intent("garbage-" + seed, Samples.requestJson());
            byte[] damaged = Garbage.of(jws.getBytes(StandardCharsets.US_ASCII), random);
            boolean unharmed = random.nextInt(5) == 0;
            if (unharmed) {
                good.add(road.intent(intent("good-" + seed + "-" + UUID.randomUUID(), Samples.requestJson())));
            } else if (random.nextBoolean()) {
                bad.add(road.intent("x" + new String(damaged, StandardCharsets.UTF_8)));
            } else {
                bad.add(road.record(new ProducerRecord<>(Topics.INTENTS.name(), "k", Garbage.of(sound, random))));
            }
        }
        // Then
        assertThat(bad)
                .allSatisfy(settled -> assertThat(settled)
                        .succeedsWithin(Duration.ofSeconds(60))
                        .satisfies(refusal -> assertThat(refusal)
                                .hasValueSatisfying(reason -> assertThat(reason).isNotBlank())));
        assertThat(good)
                .isNotEmpty()
                .allSatisfy(settled -> assertThat(settled)
                        .succeedsWithin(Duration.ofSeconds(60))
                        .isEqualTo(Optional.empty()));
        assertThat(road.actions()).hasSize(before + good.size());
    }

    @Test
    void shouldWaitForKafkaRatherThanRefuse() {
        // Given
        String jti = UUID.randomUUID().toString();
        Trouble.AHEAD.set(3);
        // When
        Optional<String> refusal =
                road.intent(intent(jti, Samples.requestJson())).join();
        // Then
        assertThat(refusal).isEmpty();
        assertThat(Trouble.AHEAD).hasValue(0);
        assertThat(road.requests(id(jti))).hasSize(1);
    }

    @Test
    void shouldNotRefuseAnIntentThatExpiresWhileKafkaIsAway() {
        // Given
        Trouble.AHEAD.set(5);
        String jti;
        long exp;
        Optional<String> refusal;
        // When
        do {
            jti = UUID.randomUUID().toString();
            Instant now = Instant.now();
            ObjectNode claims = Signer.claims(jti, now, Samples.requestJson());
            // The back-offs after five failures are 3.1 s together at least, so it expires before the sixth attempt.
            exp = now.getEpochSecond() + 3;
            claims.put("exp", exp);
            refusal = road.intent(Signer.sign(Signer.header(), claims)).join();
            // On a machine that stands still it may expire before it is read: nothing was tried then.
        } while (refusal.isPresent() && Trouble.AHEAD.get() == 5);
        // Then
        assertThat(Instant.now().getEpochSecond()).as("it expired meanwhile").isGreaterThanOrEqualTo(exp);
        assertThat(refusal).isEmpty();
        assertThat(road.requests(id(jti))).hasSize(1);
    }

    @Test
    void shouldSendADecisionThatIsNoneToTheDeadLetters() {
        // Given
        var poison = new ProducerRecord<>(Topics.DECISIONS.name(), "k", "{}".getBytes(StandardCharsets.UTF_8));
        // When
        Optional<String> refusal = road.keep(poison);
        // Then
        assertThat(refusal).isPresent();
    }

    @Test
    void shouldPassOverARevocation() {
        // Given
        ActionId id = ActionId.derive(Samples.ETL, "revoked");
        var revoked = new DecisionRevoked(
                id, GrantId.of(id), false, null, "You gave it back.", Samples.NOW, "header.claims.signature");
        // When
        Optional<String> refusal =
                road.keep(EventCodec.encode(Road.envelope("revoked", ServiceName.DECISION_SERVICE, revoked)));
        // Then
        assertThat(refusal).isEmpty();
    }

    private static String intent(String jti, ObjectNode action) {
        return Signer.sign(Signer.header(), Signer.claims(jti, Instant.now(), action));
    }

    private static String id(String jti) {
        return ActionId.derive(Samples.ETL, jti).value();
    }
}
