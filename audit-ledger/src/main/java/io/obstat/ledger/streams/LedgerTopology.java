package io.obstat.ledger.streams;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.ledger.LastEntries;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The one topology of the ledger. A single sub-topology without a repartition step, so that task <i>p</i> reads partition <i>p</i> of every
 * event topic and is the only writer of log <i>p</i>: the sequence of a log needs no coordination.
 */
public final class LedgerTopology {
    static final String APPEND = "append";
    static final String ENTRIES = "entries";
    static final String ACTIONS = "actions";
    static final String DEAD_LETTERS = "dead-letters";

    /** The frontier of the task's log: one key. */
    static final String FRONTIER_STORE = "frontier";
    /** Which records are in the log: identity to sequence and digest of the content. Grows with the log; a repeat can come at any time. */
    static final String SEEN_STORE = "seen";
    /** The view of each action. */
    static final String VIEW_STORE = "views";

    private LedgerTopology() {}

    /**
     * Builds it. The same topology every time; {@code topology.txt} in the tests fixes its shape.
     *
     * @param lastEntries what each task compares its state with before it appends
     */
    public static Topology build(LastEntries lastEntries) {
        var topology = new Topology();
        List<Topic> sources = Topics.eventTopics();
        for (Topic source : sources) {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    source.name(),
                    new PresentTimestamps(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    source.name());
        }
        topology.addProcessor(
                        APPEND,
                        () -> new AppendProcessor(lastEntries),
                        sources.stream().map(Topic::name).toArray(String[]::new))
                .addStateStore(store(FRONTIER_STORE), APPEND)
                .addStateStore(store(SEEN_STORE), APPEND)
                .addStateStore(store(VIEW_STORE), APPEND);
        topology.addSink(
                ENTRIES,
                Topics.LEDGER_ENTRIES.name(),
                new StringSerializer(),
                new LedgerRecords.EntrySerializer(),
                new LedgerRecords.EntryPartitioner(),
                APPEND);
        topology.addSink(
                ACTIONS,
                Topics.LEDGER_ACTIONS.name(),
                new StringSerializer(),
                new LedgerRecords.ViewSerializer(),
                new LedgerRecords.ViewPartitioner(),
                APPEND);
        topology.addSink(
                DEAD_LETTERS, new DeadLetters.Router(), new ByteArraySerializer(), new ByteArraySerializer(), APPEND);
        return topology;
    }

    /** In RocksDB, with a changelog in Kafka, without the cache that would merge updates. */
    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled();
    }
}
