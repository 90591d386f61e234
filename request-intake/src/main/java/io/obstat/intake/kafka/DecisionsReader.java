package io.obstat.intake.kafka;

import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.intake.reactive.DecisionWaits;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Reads {@code obstat.decisions} twice, because two things are wanted of it that one consumer group cannot give. To <em>keep</em> each
 * decision for {@code GET}, exactly one instance has to read it and to come back to it after a crash: a shared group, from the earliest,
 * committed once the row is written. To <em>wake</em> the answer that is held back for it ({@code Prefer: wait}), the one instance that
 * holds the connection has to read it, whichever that is: a group of its own for each instance, from the latest, committing nothing.
 * Keeping wakes too, and an answer that was not woken looks at the row when its time is up.
 */
@ApplicationScoped
public class DecisionsReader {

    private static final Logger LOG = Logger.getLogger(DecisionsReader.class);

    private final KeptDecisions kept;
    private final DecisionWaits waits;

    DecisionsReader(KeptDecisions kept, DecisionWaits waits) {
        this.kept = kept;
        this.waits = waits;
    }

    @Incoming("decisions")
    public Uni<Void> keep(Message<byte[]> message) {
        Optional<Decision> read;
        try {
            read = decision(message);
        } catch (MalformedEventException e) {
            LOG.errorf("A record goes to %s.dlq: %s", Topics.DECISIONS.name(), e.getMessage());
            return Retry.untilDone("A dead letter", () -> Uni.createFrom().completionStage(() -> message.nack(e)));
        }
        if (read.isEmpty()) {
            return Uni.createFrom().completionStage(message::ack);
        }
        Decision decision = read.get();
        KeptDecisions.Batch batch = kept.add(decision);
        batch.kept().thenRun(() -> waits.decided(decision)).thenCompose(done -> message.ack());
        return batch.isFull()
                ? Uni.createFrom().completionStage(batch.kept())
                : Uni.createFrom().voidItem();
    }

    @Incoming("decisions-wake")
    public CompletionStage<Void> wake(Message<byte[]> message) {
        try {
            decision(message).ifPresent(waits::decided);
        } catch (MalformedEventException e) {
            LOG.debugf("Left to the keeping reader: %s", e.getMessage());
        }
        return message.ack();
    }

    /** Empty for a revocation: nobody waits for it here, and the grant that it voids is refused where it is presented. */
    private static Optional<Decision> decision(Message<byte[]> message) throws MalformedEventException {
        ConsumerRecord<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("The channel carries Kafka records"))
                .getRecord();
        String key = record.key() instanceof String text ? text : null;
        Event event = EventCodec.decode(Topics.DECISIONS, key, record.headers(), message.getPayload())
                .data();
        if (event instanceof Decision decision) {
            return Optional.of(decision);
        }
        if (event instanceof DecisionRevoked) {
            return Optional.empty();
        }
        throw new MalformedEventException("The record is an event that request-intake does not know; upgrade it");
    }
}
