package io.obstat.policy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.policy.Consequence;
import io.obstat.policy.Requests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTopologyTest {

    private static final Path GOLDEN = Path.of("src/test/resources/verdict-topology.txt");

    @TempDir
    Path stateDirectory;

    @Test
    void shouldHaveTheApprovedShape() throws Exception {
        // Given the topology that was approved
        String approved = Files.readString(GOLDEN);
        // When built
        String built = VerdictTopology.build(MemoryKafka.policy(new Consequence.Allow()), InstantSource.system())
                .describe()
                .toString();
        // Then
        assertThat(built).isEqualTo(approved);
    }

    @Test
    void shouldGiveEachRequestItsVerdict() throws Exception {
        try (var kafka = new MemoryKafka(MemoryKafka.policy(new Consequence.Allow()), stateDirectory)) {
            // Given
            Envelope<ActionRequested> request = Requests.event(Requests.export());
            // When
            kafka.send(request);
            // Then
            Envelope<?> verdict = kafka.nextVerdict();
            assertThat(verdict.data())
                    .isInstanceOfSatisfying(
                            AutoAllowed.class,
                            allowed -> assertThat(allowed.request()).isEqualTo(request.data()));
            assertThat(verdict.id())
                    .isEqualTo(EventId.derive(
                            EventType.AUTO_ALLOWED.wireName(), request.id().value()));
            assertThat(verdict.source()).isEqualTo(ServiceName.POLICY_ENGINE);
            assertThat(verdict.time()).isEqualTo(MemoryKafka.VERDICT_TIME);
            assertThat(verdict.traceparent()).isEqualTo(request.traceparent());
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldGiveARepeatedRequestItsFirstVerdictWhateverPolicyIsInForceByThen() throws Exception {
        // Given a verdict under a policy that allows
        Envelope<ActionRequested> request = Requests.event(Requests.export());
        try (var before = new MemoryKafka(MemoryKafka.policy(new Consequence.Allow()), stateDirectory);
                var after = new MemoryKafka(MemoryKafka.policy(new Consequence.Deny(null, null)), stateDirectory)) {
            before.send(request);
            TestRecord<byte[], byte[]> first = before.verdicts.readRecord();
            after.store()
                    .put(request.data().key(), before.store().get(request.data().key()));
            // When the request comes again, under a policy that denies
            after.send(request);
            // Then the same event is given, byte for byte
            TestRecord<byte[], byte[]> second = after.verdicts.readRecord();
            assertThat(second.value()).isEqualTo(first.value());
            assertThat(second.headers()).isEqualTo(first.headers());
            assertThat(second.key()).isEqualTo(first.key());
            // And another request is denied
            after.send(Requests.event(Requests.of("db.query", "r", "demo", "{}")));
            assertThat(after.nextVerdict().data()).isInstanceOf(AutoDenied.class);
        }
    }

    @Test
    void shouldSayNothingToAWithdrawal() throws Exception {
        try (var kafka = new MemoryKafka(MemoryKafka.policy(new Consequence.Allow()), stateDirectory)) {
            // Given
            ActionRequested request = Requests.export();
            var withdrawn =
                    new ActionWithdrawn(request.actionId(), new AgentId("etl-agent"), "no longer needed", Requests.NOW);
            // When
            kafka.send(new Envelope<>(
                    new EventId("evt_withdrawn"), ServiceName.REQUEST_INTAKE, Requests.NOW, null, withdrawn));
            // Then
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldPutPoisonWithTheDeadLettersAsItCameAndGoOn() throws Exception {
        try (var kafka = new MemoryKafka(MemoryKafka.policy(new Consequence.Allow()), stateDirectory)) {
            // Given a record that claims to be ours and is not JSON, and a good one behind it
            ProducerRecord<String, byte[]> good = EventCodec.encode(Requests.event(Requests.export()));
            byte[] poison = "{\"actionId\":".getBytes(StandardCharsets.UTF_8);
            // When
            kafka.sendToActions(MemoryKafka.bytes(good.key()), poison, good.headers());
            kafka.send(Requests.event(Requests.export()));
            // Then
            TestRecord<byte[], byte[]> dead = kafka.actionsDeadLetters.readRecord();
            assertThat(dead.key()).isEqualTo(MemoryKafka.bytes(good.key()));
            assertThat(dead.value()).isEqualTo(poison);
            assertThat(MemoryKafka.header(dead, "ce_type")).isEqualTo("io.obstat.action.requested.v1");
            assertThat(MemoryKafka.header(dead, DeadLetters.REASON)).contains("Not a io.obstat.action.requested.v1");
            assertThat(MemoryKafka.header(dead, DeadLetters.TOPIC)).isEqualTo("obstat.actions");
            assertThat(MemoryKafka.header(dead, DeadLetters.PARTITION)).isEqualTo("0");
            assertThat(MemoryKafka.header(dead, DeadLetters.OFFSET)).isEqualTo("0");
            assertThat(MemoryKafka.header(dead, DeadLetters.READER)).isEqualTo("policy-engine");
            assertThat(kafka.nextVerdict().data()).isInstanceOf(AutoAllowed.class);
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldGoOnAfterAnyGarbage() throws Exception {
        try (var kafka = new MemoryKafka(MemoryKafka.policy(new Consequence.Allow()), stateDirectory)) {
            // Given records of random bytes, with and without the headers of a good one, keys and values missing at
            // times
            var random = new Random(20261122);
            ProducerRecord<String, byte[]> good = EventCodec.encode(Requests.event(Requests.export()));
            int records = 500;
            // When
            for (int i = 0; i < records; i++) {
                Headers headers = new RecordHeaders(
                        random.nextBoolean() ? good.headers().toArray() : new RecordHeaders().toArray());
                if (random.nextInt(3) == 0) {
                    headers.add("ce_time", bytes(random));
                }
                kafka.sendToActions(
                        random.nextInt(5) == 0 ? null : bytes(random),
                        random.nextInt(5) == 0 ? null : bytes(random),
                        headers);
            }
            kafka.send(Requests.event(Requests.export()));
            // Then each is a dead letter, and the good one behind them has its verdict
            assertThat(kafka.actionsDeadLetters.readRecordsToList()).hasSize(records);
            assertThat(kafka.nextVerdict().data()).isInstanceOf(AutoAllowed.class);
        }
    }

    @Test
    void shouldLeaveBehindWhatIsTooLargeForADeadLetter() throws Exception {
        try (var kafka = new MemoryKafka(MemoryKafka.policy(new Consequence.Allow()), stateDirectory)) {
            // Given a record as large as a broker takes
            byte[] large = new byte[1_000_000];
            // When
            kafka.sendToActions(MemoryKafka.bytes("key"), large, new RecordHeaders());
            // Then its dead letter is small and tells where to look
            TestRecord<byte[], byte[]> dead = kafka.actionsDeadLetters.readRecord();
            assertThat(dead.value()).isEmpty();
            assertThat(MemoryKafka.header(dead, DeadLetters.LEFT_BEHIND))
                    .isEqualTo("1000003 bytes; read them from the topic");
            assertThat(MemoryKafka.header(dead, DeadLetters.OFFSET)).isEqualTo("0");
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }
}
