package io.obstat.policy.streams;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.policy.Policy;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code obstat.actions} → judge → {@code obstat.verdicts}, and {@code obstat.actions.dlq} for what is no event. The judge remembers the
 * first verdict of each action, so that a repeated request gets it again, whatever policy has been activated in between.
 */
public final class VerdictTopology {

    /** The source node. */
    public static final String ACTIONS = "actions";

    /** The processor node. */
    public static final String JUDGE = "judge";

    /** The sink node of verdicts. */
    public static final String VERDICTS = "verdicts";

    /** The sink node of records that are no events. */
    public static final String DEAD_LETTERS = "dead-letters";

    /** The store: action id to the first verdict. Its changelog gives it back when the disk is lost. */
    public static final String FIRST_VERDICTS = "first-verdicts";

    private VerdictTopology() {}

    /**
     * The topology.
     *
     * @param policy in force
     * @param clock gives each verdict its time, and conditions their {@code now}
     */
    public static Topology build(Policy policy, InstantSource clock) {
        Topic deadLetters = Topics.ACTIONS.deadLetters().orElseThrow();
        var firstVerdicts = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(FIRST_VERDICTS), Serdes.String(), new FirstVerdictSerde())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        return new Topology()
                // A record without a usable timestamp is poison like any other, and no reason to stop: nothing here
                // goes by it.
                .addSource(
                        AutoOffsetReset.earliest(),
                        ACTIONS,
                        new WallclockTimestampExtractor(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.ACTIONS.name())
                .addProcessor(JUDGE, () -> new Judge(policy, clock), ACTIONS)
                .addStateStore(firstVerdicts, JUDGE)
                .addSink(VERDICTS, Topics.VERDICTS.name(), new ByteArraySerializer(), new ByteArraySerializer(), JUDGE)
                .addSink(DEAD_LETTERS, deadLetters.name(), new ByteArraySerializer(), new ByteArraySerializer(), JUDGE);
    }
}
