package io.obstat.notifier.quarkus;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topic;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** Kafka in memory, by the notifier's channels: what it reads and what it has written. */
@ApplicationScoped
class Wire {

    private final InMemoryConnector kafka;

    Wire(@Any @Connector("smallrye-in-memory") InMemoryConnector kafka) {
        this.kafka = kafka;
    }

    /** Completes when the notifier has acknowledged the record, fails when it refused it. */
    CompletableFuture<Void> send(String channel, ProducerRecord<String, byte[]> record) {
        var consumed = new ConsumerRecord<>(
                record.topic(),
                0,
                0L,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.empty());
        var acknowledged = new CompletableFuture<Void>();
        InMemorySource<Message<byte[]>> source = kafka.source(channel);
        source.send(Message.of(
                record.value(),
                Metadata.of(new IncomingKafkaRecordMetadata<>(consumed, channel)),
                () -> {
                    acknowledged.complete(null);
                    return CompletableFuture.completedFuture(null);
                },
                reason -> {
                    acknowledged.completeExceptionally(reason);
                    return CompletableFuture.completedFuture(null);
                }));
        return acknowledged.orTimeout(60, TimeUnit.SECONDS);
    }

    /** What was written about the action, each event once: one whose publication could not be noted is published again, and may be. */
    List<Envelope<?>> events(Topic topic, ActionId action) {
        return kafka.<byte[]>sink(topic.name().substring("obstat.".length())).received().stream()
                .<Envelope<?>>map(message -> decoded(topic, message))
                .filter(envelope -> envelope.data().key().equals(action.value()))
                .distinct()
                .toList();
    }

    private static Envelope<?> decoded(Topic topic, Message<byte[]> message) {
        OutgoingKafkaRecordMetadata<?> metadata =
                message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        try {
            return EventCodec.decode(topic, (String) metadata.getKey(), metadata.getHeaders(), message.getPayload());
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
    }
}
