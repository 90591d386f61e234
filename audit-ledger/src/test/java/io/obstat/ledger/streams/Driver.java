package io.obstat.ledger.streams;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.LastEntries;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology under test: events in, entries and views out. */
final class Driver implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final TestOutputTopic<String, byte[]> entries;
    private final TestOutputTopic<String, byte[]> views;

    /** Of a ledger that begins. */
    Driver(Path stateDir) {
        this(stateDir, log -> Optional.empty());
    }

    Driver(Path stateDir, LastEntries lastEntries) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "audit-ledger");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(LedgerTopology.build(lastEntries), settings, Samples.at(100));
        for (Topic topic : Topics.eventTopics()) {
            inputs.put(
                    topic.name(),
                    driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer()));
        }
        entries = driver.createOutputTopic(
                Topics.LEDGER_ENTRIES.name(), new StringDeserializer(), new ByteArrayDeserializer());
        views = driver.createOutputTopic(
                Topics.LEDGER_ACTIONS.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    void pipe(Envelope<?> envelope) {
        pipe(EventCodec.encode(envelope));
    }

    void pipe(ProducerRecord<String, byte[]> record) {
        pipe(
                record.topic(),
                record.key().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                record.value(),
                record.headers());
    }

    void pipe(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        TestInputTopic<byte[], byte[]> input = inputs.get(topic);
        if (input == null) {
            throw new IllegalArgumentException(topic);
        }
        input.pipeInput(new TestRecord<>(key, value, new RecordHeaders(headers), Samples.at(50)));
    }

    /** The entries since the last call; each has checked its leaf hash by being read. */
    List<LedgerEntry> entries() {
        return entries.readRecordsToList().stream()
                .map(record -> {
                    LedgerEntry entry = Json.readEvent(record.value(), LedgerEntry.class);
                    if (!entry.key().equals(record.key())) {
                        throw new AssertionError(record.key() + " holds " + entry.key());
                    }
                    if (record.headers().toArray().length > 0) {
                        throw new AssertionError("An entry is no CloudEvent, but has headers: " + record.headers());
                    }
                    return entry;
                })
                .toList();
    }

    /** The newest view of each action since the last call. */
    Map<String, ActionView> views() {
        var newest = new HashMap<String, ActionView>();
        views.readKeyValuesToList()
                .forEach(record -> newest.put(record.key, Json.readEvent(record.value, ActionView.class)));
        return newest;
    }

    /** The newest view of an action since the last call. */
    ActionView view(ActionId id) {
        return Objects.requireNonNull(views().get(id.value()), "no view of " + id);
    }

    List<TestRecord<byte[], byte[]>> deadLetters(Topic topic) {
        return driver.createOutputTopic(
                        topic.deadLetters().orElseThrow().name(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The total of one of the ledger's own counters. */
    double counted(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name + "-total")
                        && metric.getKey().group().contains("ledger"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    byte[] store(String name, String key) {
        return (byte[]) driver.getKeyValueStore(name).get(key);
    }

    void passes(Duration time) {
        driver.advanceWallClockTime(time);
    }

    void keep(String store, String key, byte[] value) {
        driver.<String, byte[]>getKeyValueStore(store).put(key, value);
    }

    /** Puts back what the changelogs of another driver hold: all that is left of a task after {@code kill -9}. */
    void restoreFrom(Driver killed) {
        for (String store :
                List.of(LedgerTopology.FRONTIER_STORE, LedgerTopology.SEEN_STORE, LedgerTopology.VIEW_STORE)) {
            KeyValueStore<String, byte[]> restored = driver.getKeyValueStore(store);
            killed.driver
                    .createOutputTopic(
                            "audit-ledger-%s-changelog".formatted(store),
                            new StringDeserializer(),
                            new ByteArrayDeserializer())
                    .readKeyValuesToList()
                    .forEach(change -> restored.put(change.key, change.value));
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
