package io.obstat.decision.kafka;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Review;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.decision.Examples;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** The topics around decision-service, in memory. */
@ApplicationScoped
public class Road {

    public static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final InMemoryConnector connector;

    Road(@Any InMemoryConnector connector) {
        this.connector = connector;
    }

    /** A verdict comes in. Completes when it is settled: empty when acknowledged, the reason when it goes to the dead letters. */
    public CompletableFuture<Optional<String>> verdict(Verdict verdict) {
        return send("verdicts", EventCodec.encode(envelope(ServiceName.POLICY_ENGINE, verdict)));
    }

    public CompletableFuture<Optional<String>> event(String channel, ServiceName writer, Event event) {
        return send(channel, EventCodec.encode(envelope(writer, event)));
    }

    /** A person's approval comes in from a channel. */
    public CompletableFuture<Optional<String>> review(ActionRequested request, String click, String person) {
        Review review = Examples.review(
                click,
                request,
                Review.Verb.APPROVE,
                Examples.person(person),
                List.of("data-governance"),
                Instant.now());
        return event("reviews", ServiceName.NOTIFIER, new ReviewSubmitted(request.actionId(), review));
    }

    /** Any record comes in. */
    public CompletableFuture<Optional<String>> record(String channel, ProducerRecord<String, byte[]> record) {
        return send(channel, record);
    }

    /**
     * What went out about an action, in the order in which it did. The outbox promises at least once, so the same fact again is no second one; a
     * fact that differs in anything is.
     */
    public List<Envelope<?>> facts(ActionId action) {
        return sent(action).stream().distinct().toList();
    }

    /** Every record that went out about an action, repeats too. */
    public List<Envelope<?>> sent(ActionId action) {
        return connector.<byte[]>sink("facts").received().stream()
                .<Envelope<?>>map(Road::decoded)
                .filter(envelope -> envelope.data().key().equals(action.value()))
                .toList();
    }

    /** The data of {@link #facts} of one type. */
    public <E> List<E> facts(ActionId action, Class<E> type) {
        return facts(action).stream()
                .map(Envelope::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Envelope<?> decoded(Message<byte[]> message) {
        OutgoingKafkaRecordMetadata<?> metadata =
                message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        Topic topic = Topics.eventTopics().stream()
                .filter(one -> one.name().equals(metadata.getTopic()))
                .findFirst()
                .orElseThrow();
        try {
            return EventCodec.decode(
                    topic, String.valueOf(metadata.getKey()), metadata.getHeaders(), message.getPayload());
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
    }

    private CompletableFuture<Optional<String>> send(String channel, ProducerRecord<String, byte[]> record) {
        var settled = new CompletableFuture<Optional<String>>();
        var consumed = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(consumed.headers()::add);
        Message<byte[]> message = Message.of(
                record.value(),
                Metadata.of(new IncomingKafkaRecordMetadata<>(consumed, channel)),
                () -> settle(settled, null),
                failure -> settle(settled, failure.getMessage()));
        connector.source(channel).runOnVertxContext(true).send(message);
        return settled;
    }

    private static CompletableFuture<Void> settle(
            CompletableFuture<Optional<String>> settled, @Nullable String reason) {
        settled.complete(Optional.ofNullable(reason));
        return CompletableFuture.completedFuture(null);
    }

    private static <E extends Event> Envelope<E> envelope(ServiceName source, E event) {
        return new Envelope<>(new EventId("cause"), source, Examples.NOON, TRACEPARENT, event);
    }
}
