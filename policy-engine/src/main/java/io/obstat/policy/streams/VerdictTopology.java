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
 * {@code obstat.actions} → judge → {@code obstat.verdicts}, {@code obstat.approvals} → reassess → {@code obstat.verdicts}, and what is no event
 * goes to the dead letters of its topic. The first verdict of each request, and of each reassessment, is remembered, so that a repeat gets it
 * again, whatever policy has been activated in between.
 */
public final class VerdictTopology {

    /** The source node of requests. */
    public static final String ACTIONS = "actions";

    /** The source node of requests to speak again about an action. */
    public static final String APPROVALS = "approvals";

    /** The processor node that judges each request. */
    public static final String JUDGE = "judge";

    /** The processor node that judges an action again. */
    public static final String REASSESS = "reassess";

    /** The sink node of verdicts. */
    public static final String VERDICTS = "verdicts";

    /** The sink node of records of {@code obstat.actions} that are no events. */
    public static final String ACTIONS_DEAD_LETTERS = "actions-dead-letters";

    /** The sink node of records of {@code obstat.approvals} that are no events. */
    public static final String APPROVALS_DEAD_LETTERS = "approvals-dead-letters";

    /**
     * The store: action id to the first verdict of the request, {@code action id/event id} to that of each reassessment. Its changelog gives it
     * back when the disk is lost.
     */
    public static final String FIRST_VERDICTS = "first-verdicts";

    private VerdictTopology() {}

    /**
     * The topology.
     *
     * @param policy in force
     * @param clock gives each verdict its time, and conditions their {@code now}
     */
    public static Topology build(Policy policy, InstantSource clock) {
        var firstVerdicts = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(FIRST_VERDICTS), Serdes.String(), new FirstVerdictSerde())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        var topology = new Topology();
        addSource(topology, ACTIONS, Topics.ACTIONS);
        addSource(topology, APPROVALS, Topics.APPROVALS);
        topology.addProcessor(JUDGE, () -> new Judge(policy, clock, Case::ofActions, ACTIONS_DEAD_LETTERS), ACTIONS)
                .addProcessor(
                        REASSESS, () -> new Judge(policy, clock, Case::ofApprovals, APPROVALS_DEAD_LETTERS), APPROVALS)
                .addStateStore(firstVerdicts, JUDGE, REASSESS);
        addSink(topology, VERDICTS, Topics.VERDICTS, JUDGE, REASSESS);
        addSink(topology, ACTIONS_DEAD_LETTERS, Topics.ACTIONS.deadLetters().orElseThrow(), JUDGE);
        addSink(topology, APPROVALS_DEAD_LETTERS, Topics.APPROVALS.deadLetters().orElseThrow(), REASSESS);
        return topology;
    }

    private static void addSource(Topology topology, String name, Topic topic) {
        // A record without a usable timestamp is poison like any other, and no reason to stop: nothing here goes by it.
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new WallclockTimestampExtractor(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
    }

    private static void addSink(Topology topology, String name, Topic topic, String... parents) {
        topology.addSink(name, topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }
}
