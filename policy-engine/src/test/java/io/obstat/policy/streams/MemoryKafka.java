package io.obstat.policy.streams;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
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
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology over topics in memory. */
final class MemoryKafka implements AutoCloseable {

    static final Instant VERDICT_TIME = Requests.NOW.plusSeconds(1);

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> actions;
    private final TestInputTopic<byte[], byte[]> approvals;
    final TestOutputTopic<byte[], byte[]> verdicts;
    final TestOutputTopic<byte[], byte[]> actionsDeadLetters;
    final TestOutputTopic<byte[], byte[]> approvalsDeadLetters;

    MemoryKafka(Policy policy, Path stateDirectory) throws IOException {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createTempDirectory(stateDirectory, "state").toString());
        driver = new TopologyTestDriver(
                VerdictTopology.build(policy, InstantSource.fixed(VERDICT_TIME)), properties, Requests.NOW);
        actions = input(Topics.ACTIONS);
        approvals = input(Topics.APPROVALS);
        verdicts = output(Topics.VERDICTS);
        actionsDeadLetters = output(Topics.ACTIONS.deadLetters().orElseThrow());
        approvalsDeadLetters = output(Topics.APPROVALS.deadLetters().orElseThrow());
    }

    /** A policy of one rule that always applies. */
    static Policy policy(Consequence then) {
        var set = new PolicySet(
                "test",
                "sha256:" + "0".repeat(64),
                new Titles(Map.of(), Map.of()),
                new Fallback(Risk.LOW, new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1))),
                List.of(new Rule("everything", "true", then, Risk.LOW, "a test says so")));
        return new Policy(set, (request, now) -> List.of(new Finding.Applies()));
    }

    /** Puts an event into the topic that carries it. */
    void send(Envelope<?> event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);
        TestInputTopic<byte[], byte[]> topic = record.topic().equals(Topics.APPROVALS.name()) ? approvals : actions;
        topic.pipeInput(new TestRecord<>(bytes(record.key()), record.value(), record.headers(), Requests.NOW));
    }

    void sendToActions(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        actions.pipeInput(new TestRecord<>(key, value, headers, Requests.NOW));
    }

    void sendToApprovals(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        approvals.pipeInput(new TestRecord<>(key, value, headers, Requests.NOW));
    }

    Envelope<?> nextVerdict() throws Exception {
        TestRecord<byte[], byte[]> record = verdicts.readRecord();
        return EventCodec.decode(
                Topics.VERDICTS, new String(record.key(), StandardCharsets.UTF_8), record.headers(), record.value());
    }

    KeyValueStore<String, Envelope<Verdict>> store() {
        return driver.getKeyValueStore(VerdictTopology.FIRST_VERDICTS);
    }

    boolean isDrained() {
        return verdicts.isEmpty() && actionsDeadLetters.isEmpty() && approvalsDeadLetters.isEmpty();
    }

    @Override
    public void close() {
        driver.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
