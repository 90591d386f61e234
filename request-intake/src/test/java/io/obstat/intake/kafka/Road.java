package io.obstat.intake.kafka;

import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.intake.Samples;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** The topics around request-intake, in memory. */
@ApplicationScoped
public class Road {

    private final InMemoryConnector connector;

    Road(@Any InMemoryConnector connector) {
        this.connector = connector;
    }

    /** What is on {@code obstat.actions} so far, repeats too. */
    public List<Envelope<?>> actions() {
        List<Envelope<?>> envelopes = new ArrayList<>();
        for (Message<ProducerRecord<String, byte[]>> message :
                connector.<ProducerRecord<String, byte[]>>sink("actions").received()) {
            ProducerRecord<String, byte[]> record = message.getPayload();
            try {
                envelopes.add(EventCodec.decode(Topics.ACTIONS, record.key(), record.headers(), record.value()));
            } catch (MalformedEventException e) {
                throw new AssertionError(e);
            }
        }
        return envelopes;
    }

    /** Requests on {@code obstat.actions} of this action. */
    public List<ActionRequested> requests(String actionId) {
        return ofAction(ActionRequested.class, actionId);
    }

    /** Withdrawals on {@code obstat.actions} of this action. */
    public List<ActionWithdrawn> withdrawals(String actionId) {
        return ofAction(ActionWithdrawn.class, actionId);
    }

    /** The decision comes in at both readers. */
    public void decide(Decision decision) {
        Envelope<Decision> envelope = envelope("decision", ServiceName.DECISION_SERVICE, decision);
        send("decisions-wake", EventCodec.encode(envelope));
        send("decisions", EventCodec.encode(envelope)).join();
    }

    /** The decision comes in at the keeping reader of another instance's group only, so to say: nobody is woken. */
    public Optional<String> keep(ProducerRecord<?, byte[]> record) {
        return send("decisions", record).join();
    }

    /** An intent comes in. Completes when it is settled: empty when acknowledged, the reason when it goes to the dead letters. */
    public CompletableFuture<Optional<String>> intent(String jws) {
        // The event's own checks are the reader's to make; a pipeline writes what it likes.
        ProducerRecord<String, byte[]> record =
                EventCodec.encode(envelope("intent", ServiceName.PIPELINE, new ActionIntent("any")));
        return send(
                "intents",
                new ProducerRecord<>(
                        record.topic(), null, record.key(), Json.write(Map.of("jws", jws)), record.headers()));
    }

    /** Any record comes in at {@code obstat.intents}. */
    public CompletableFuture<Optional<String>> record(ProducerRecord<?, byte[]> record) {
        return send("intents", record);
    }

    private CompletableFuture<Optional<String>> send(String channel, ProducerRecord<?, byte[]> record) {
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

    /** Without repeats: a repetition that comes before the note of the first publication publishes the same event again, and may. */
    private <E> List<E> ofAction(Class<E> type, String actionId) {
        return actions().stream()
                .filter(envelope -> envelope.data().key().equals(actionId))
                .distinct()
                .map(Envelope::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public static <E extends Event> Envelope<E> envelope(String id, ServiceName source, E data) {
        return new Envelope<>(new EventId(id), source, Samples.NOW, Samples.TRACEPARENT, data);
    }
}
