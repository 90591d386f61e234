package io.obstat.policy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.policy.Consequence;
import io.obstat.policy.Fallback;
import io.obstat.policy.Finding;
import io.obstat.policy.Policy;
import io.obstat.policy.PolicySet;
import io.obstat.policy.Requests;
import io.obstat.policy.Rule;
import io.obstat.policy.Titles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTopologyTest {

    private static final Instant VERDICT_TIME = Requests.NOW.plusSeconds(1);
    private static final Path GOLDEN = Path.of("src/test/resources/verdict-topology.txt");

    @TempDir
    Path stateDirectory;

    @Test
    void shouldHaveTheApprovedShape() throws Exception {
        // Given the topology that was approved
        String approved = Files.readString(GOLDEN);
        // When built
        String built = VerdictTopology.build(policy(new Consequence.Allow()), InstantSource.system())
                .describe()
                .toString();
        // Then
        assertThat(built).isEqualTo(approved);
    }

    @Test
    void shouldGiveEachRequestItsVerdict() throws Exception {
        try (var kafka = new Kafka(policy(new Consequence.Allow()))) {
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
            assertThat(verdict.time()).isEqualTo(VERDICT_TIME);
            assertThat(verdict.traceparent()).isEqualTo(request.traceparent());
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldGiveARepeatedRequestItsFirstVerdictWhateverPolicyIsInForceByThen() throws Exception {
        // Given a verdict under a policy that allows
        Envelope<ActionRequested> request = Requests.event(Requests.export());
        try (var before = new Kafka(policy(new Consequence.Allow()));
                var after = new Kafka(policy(new Consequence.Deny(null, null)))) {
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
        try (var kafka = new Kafka(policy(new Consequence.Allow()))) {
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
        try (var kafka = new Kafka(policy(new Consequence.Allow()))) {
            // Given a record that claims to be ours and is not JSON, and a good one behind it
            ProducerRecord<String, byte[]> good = EventCodec.encode(Requests.event(Requests.export()));
            byte[] poison = "{\"actionId\":".getBytes(StandardCharsets.UTF_8);
            // When
            kafka.send(bytes(good.key()), poison, good.headers());
            kafka.send(Requests.event(Requests.export()));
            // Then
            TestRecord<byte[], byte[]> dead = kafka.deadLetters.readRecord();
            assertThat(dead.key()).isEqualTo(bytes(good.key()));
            assertThat(dead.value()).isEqualTo(poison);
            assertThat(header(dead, "ce_type")).isEqualTo("io.obstat.action.requested.v1");
            assertThat(header(dead, DeadLetters.REASON)).contains("Not a io.obstat.action.requested.v1");
            assertThat(header(dead, DeadLetters.TOPIC)).isEqualTo("obstat.actions");
            assertThat(header(dead, DeadLetters.PARTITION)).isEqualTo("0");
            assertThat(header(dead, DeadLetters.OFFSET)).isEqualTo("0");
            assertThat(header(dead, DeadLetters.READER)).isEqualTo("policy-engine");
            assertThat(kafka.nextVerdict().data()).isInstanceOf(AutoAllowed.class);
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldGoOnAfterAnyGarbage() throws Exception {
        try (var kafka = new Kafka(policy(new Consequence.Allow()))) {
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
                kafka.send(
                        random.nextInt(5) == 0 ? null : bytes(random),
                        random.nextInt(5) == 0 ? null : bytes(random),
                        headers);
            }
            kafka.send(Requests.event(Requests.export()));
            // Then each is a dead letter, and the good one behind them has its verdict
            assertThat(kafka.deadLetters.readRecordsToList()).hasSize(records);
            assertThat(kafka.nextVerdict().data()).isInstanceOf(AutoAllowed.class);
        }
    }

    @Test
    void shouldLeaveBehindWhatIsTooLargeForADeadLetter() throws Exception {
        try (var kafka = new Kafka(policy(new Consequence.Allow()))) {
            // Given a record as large as a broker takes
            byte[] large = new byte[1_000_000];
            // When
            kafka.send(bytes("key"), large, new RecordHeaders());
            // Then its dead letter is small and tells where to look
            TestRecord<byte[], byte[]> dead = kafka.deadLetters.readRecord();
            assertThat(dead.value()).isEmpty();
            assertThat(header(dead, DeadLetters.LEFT_BEHIND)).isEqualTo("1000003 bytes; read them from the topic");
            assertThat(header(dead, DeadLetters.OFFSET)).isEqualTo("0");
        }
    }

    private static Policy policy(Consequence then) {
        var set = new PolicySet(
                "test",
                "sha256:" + "0".repeat(64),
                new Titles(Map.of(), Map.of()),
                new Fallback(Risk.LOW, new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1))),
                List.of(new Rule("everything", "true", then, Risk.LOW, "a test says so")));
        return new Policy(set, (request, now) -> List.of(new Finding.Applies()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The topology over topics in memory. */
    private final class Kafka implements AutoCloseable {

        private final TopologyTestDriver driver;
        private final TestInputTopic<byte[], byte[]> actions;
        private final TestOutputTopic<byte[], byte[]> verdicts;
        private final TestOutputTopic<byte[], byte[]> deadLetters;

        Kafka(Policy policy) throws IOException {
            var properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
            properties.put(
                    StreamsConfig.STATE_DIR_CONFIG,
                    Files.createTempDirectory(stateDirectory, "state").toString());
            driver = new TopologyTestDriver(
                    VerdictTopology.build(policy, InstantSource.fixed(VERDICT_TIME)), properties, Requests.NOW);
            actions = driver.createInputTopic(
                    Topics.ACTIONS.name(), new ByteArraySerializer(), new ByteArraySerializer());
            verdicts = output(Topics.VERDICTS.name());
            deadLetters = output(Topics.ACTIONS.deadLetters().orElseThrow().name());
        }

        void send(Envelope<?> event) {
            ProducerRecord<String, byte[]> record = EventCodec.encode(event);
            send(bytes(record.key()), record.value(), record.headers());
        }

        void send(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
            actions.pipeInput(new TestRecord<>(key, value, headers, Requests.NOW));
        }

        Envelope<?> nextVerdict() throws Exception {
            TestRecord<byte[], byte[]> record = verdicts.readRecord();
            return EventCodec.decode(
                    Topics.VERDICTS,
                    new String(record.key(), StandardCharsets.UTF_8),
                    record.headers(),
                    record.value());
        }

        KeyValueStore<String, Envelope<Verdict>> store() {
            return driver.getKeyValueStore(VerdictTopology.FIRST_VERDICTS);
        }

        boolean isDrained() {
            return verdicts.isEmpty() && deadLetters.isEmpty();
        }

        @Override
        public void close() {
            driver.close();
        }

        private TestOutputTopic<byte[], byte[]> output(String topic) {
            return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
    }
}
