package io.obstat.decision.kafka;

import io.obstat.contracts.Topic;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.decision.reactive.UndecidableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * One record at a time: poison goes to the dead letter topic with its reason, trouble that passes is waited for without end, and neither
 * holds up or skips what comes behind it.
 */
final class Records {

    private static final Logger LOG = Logger.getLogger(Records.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final String TYPE = "ce_type";

    private Records() {}

    /** What to do with an event. */
    interface Handler {

        /** @throws MalformedEventException when this event has no place here */
        Uni<?> handle(Envelope<?> envelope) throws MalformedEventException;
    }

    /** Whether the record says that it is of this type; it may be malformed all the same. */
    static boolean isOf(Message<byte[]> message, EventType type) {
        Header header = record(message).headers().lastHeader(TYPE);
        return header != null
                && header.value() != null
                && type.wireName().equals(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** The record's key; all records without one share a lane. */
    static String key(Message<byte[]> message) {
        return record(message).key() instanceof String key ? key : "";
    }

    /** Completes when the record is settled, one way or the other; does not fail. */
    static Uni<Void> handle(Message<byte[]> message, Topic topic, Handler handler) {
        Uni<?> work;
        try {
            ConsumerRecord<?, ?> record = record(message);
            String key = record.key() instanceof String text ? text : null;
            Envelope<?> envelope = EventCodec.decode(topic, key, record.headers(), message.getPayload());
            work = untilDone(topic, Uni.createFrom().deferred(() -> attempt(handler, envelope)));
        } catch (MalformedEventException e) {
            return deadLetter(message, topic, e);
        }
        return work.chain(() -> Uni.createFrom().completionStage(message::ack))
                .onFailure(Records::isPoison)
                .recoverWithUni(failure -> deadLetter(message, topic, failure))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "A record of %s is done but not acknowledged, and will come again: %s",
                        topic.name(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<?> attempt(Handler handler, Envelope<?> envelope) {
        try {
            return handler.handle(envelope);
        } catch (MalformedEventException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private static Uni<?> untilDone(Topic topic, Uni<?> attempt) {
        return attempt.onFailure(failure -> !isPoison(failure))
                .invoke(failure -> LOG.warnf("A record of %s waits: %s", topic.name(), failure.getMessage()))
                .onFailure(failure -> !isPoison(failure))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /** Only what is known to fail again is put aside; whatever else happens, the record waits. */
    private static boolean isPoison(Throwable failure) {
        return failure instanceof MalformedEventException || failure instanceof UndecidableException;
    }

    private static Uni<Void> deadLetter(Message<byte[]> message, Topic topic, Throwable reason) {
        LOG.errorf("A record of %s goes to its dead letter topic: %s", topic.name(), reason.getMessage());
        return Uni.createFrom()
                .<Void>deferred(() -> Uni.createFrom().completionStage(message.nack(reason)))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private static ConsumerRecord<?, ?> record(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("The channel carries Kafka records"))
                .getRecord();
    }
}
