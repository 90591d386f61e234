package io.obstat.policy.streams;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionRequested;
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

/** One record of {@code obstat.actions} after the other: a verdict for a request, nothing for a withdrawal, a dead letter for the rest. */
final class Judge implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = Logger.getLogger(Judge.class);

    private final Policy policy;
    private final InstantSource clock;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, Envelope<Verdict>> firstVerdicts;

    Judge(Policy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.firstVerdicts = context.getStateStore(VerdictTopology.FIRST_VERDICTS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            Envelope<?> event = EventCodec.decode(Topics.ACTIONS, text(record.key()), record.headers(), record.value());
            if (event.data() instanceof ActionRequested request) {
                forward(record, verdict(event, request));
            }
        } catch (MalformedEventException e) {
            LOG.warnf(
                    "A record of %s is no event and goes to the dead letters (%s): %s",
                    Topics.ACTIONS.name(),
                    context().recordMetadata().map(DeadLetters::position).orElse("position unknown"),
                    e.getMessage());
            context().forward(DeadLetters.of(record, context().recordMetadata(), e), VerdictTopology.DEAD_LETTERS);
        }
    }

    private Envelope<Verdict> verdict(Envelope<?> cause, ActionRequested request) {
        KeyValueStore<String, Envelope<Verdict>> store = firstVerdicts();
        Envelope<Verdict> first = store.get(request.key());
        if (first != null) {
            // INVARIANT: a repeated request gets its first verdict again.
            return first;
        }
        Instant now = clock.instant();
        Envelope<Verdict> verdict = Envelope.caused(cause, ServiceName.POLICY_ENGINE, now, policy.judge(request, now));
        store.put(request.key(), verdict);
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

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
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
