package io.obstat.policy.streams;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One record of a topic after the other: a verdict for what is a {@link Case}, nothing for another event, a dead letter for the rest. */
final class Judge implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = Logger.getLogger(Judge.class);

    private final Policy policy;
    private final InstantSource clock;
    private final Case.Finder cases;
    private final String deadLetters;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, Envelope<Verdict>> firstVerdicts;

    /**
     * @param cases of the topic that it reads
     * @param deadLetters the sink node for records of that topic that are no events
     */
    Judge(Policy policy, InstantSource clock, Case.Finder cases, String deadLetters) {
        this.policy = policy;
        this.clock = clock;
        this.cases = cases;
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.firstVerdicts = context.getStateStore(VerdictTopology.FIRST_VERDICTS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            cases.find(record).ifPresent(found -> forward(record, verdict(found)));
        } catch (MalformedEventException e) {
            LOG.warnf(
                    "A record is no event and goes to the dead letters (%s): %s",
                    context().recordMetadata().map(DeadLetters::position).orElse("position unknown"), e.getMessage());
            context().forward(DeadLetters.of(record, context().recordMetadata(), e), deadLetters);
        }
    }

    private Envelope<Verdict> verdict(Case found) {
        KeyValueStore<String, Envelope<Verdict>> store = firstVerdicts();
        Envelope<Verdict> first = store.get(found.memory());
        if (first != null) {
            // INVARIANT: a case that comes again gets its first verdict again.
            return first;
        }
        Instant now = clock.instant();
        Envelope<Verdict> verdict =
                Envelope.caused(found.cause(), ServiceName.POLICY_ENGINE, now, policy.judge(found.request(), now));
        store.put(found.memory(), verdict);
        return verdict;
    }

    private void forward(Record<byte[], byte[]> cause, Envelope<Verdict> verdict) {
        ProducerRecord<String, byte[]> encoded = EventCodec.encode(verdict);
        context()
                .forward(
                        new Record<>(
                                encoded.key().getBytes(StandardCharsets.UTF_8),
                                encoded.value(),
                                cause.timestamp(),
                                encoded.headers()),
                        VerdictTopology.VERDICTS);
    }

    private ProcessorContext<byte[], byte[]> context() {
        if (context == null) {
            throw new IllegalStateException("Kafka Streams calls init before process");
        }
        return context;
    }

    private KeyValueStore<String, Envelope<Verdict>> firstVerdicts() {
        if (firstVerdicts == null) {
            throw new IllegalStateException("Kafka Streams calls init before process");
        }
        return firstVerdicts;
    }
}
