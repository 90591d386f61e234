package io.obstat.intake.kafka;

import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.intake.Reception;
import io.obstat.intake.StoredAction;
import io.obstat.intake.jose.Intent;
import io.obstat.intake.jose.IntentVerifier;
import io.obstat.intake.reactive.Acceptance;
import io.obstat.intake.reactive.Traces;
import io.obstat.intake.reactive.UnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The door for pipelines: the topic {@code obstat.intents}, authenticated record by record. One record after the other. What is not in
 * order goes to the dead letters with its reason; while PostgreSQL or Kafka is away the door waits.
 */
@ApplicationScoped
public class IntentsDoor {

    private static final Logger LOG = Logger.getLogger(IntentsDoor.class);

    private final IntentVerifier verifier;
    private final Acceptance acceptance;
    private final InstantSource clock;

    public IntentsDoor(IntentVerifier verifier, Acceptance acceptance, InstantSource clock) {
        this.verifier = verifier;
        this.acceptance = acceptance;
        this.clock = clock;
    }

    /** Empty when the action is kept and published, otherwise why the intent counts for nothing. */
    private interface Outcome {
        Uni<Optional<String>> ACCEPTED = Uni.createFrom().item(Optional.empty());

        static Uni<Optional<String>> refused(String reason) {
            return Uni.createFrom().item(Optional.of(reason));
        }
    }

    @Incoming("intents")
    public Uni<Void> receive(Message<byte[]> message) {
        return settled(message)
                .chain(refusal -> Retry.untilDone("An intent's acknowledgement", () -> settle(message, refusal)));
    }

    private static Uni<Void> settle(Message<byte[]> message, Optional<String> refusal) {
        if (refusal.isEmpty()) {
            return Uni.createFrom().completionStage(message::ack);
        }
        LOG.infof("An intent goes to %s.dlq: %s", Topics.INTENTS.name(), refusal.get());
        return Uni.createFrom().completionStage(() -> message.nack(new RefusedIntentException(refusal.get())));
    }

    /** INVARIANT: an intent is judged once. One that expires while Kafka is away has been kept, and is not refused any more. */
    private Uni<Optional<String>> settled(Message<byte[]> message) {
        try {
            return judged(message);
        } catch (RuntimeException e) {
            return faulty(e);
        }
    }

    /** A fault of ours, and the same one at every attempt: the intents behind this one must not wait for its repair. */
    private static Uni<Optional<String>> faulty(Throwable fault) {
        LOG.error("An intent could not be judged", fault);
        return Outcome.refused("The intent could not be judged, for a reason that is ours (%s); keep it and tell us"
                .formatted(fault.getClass().getSimpleName()));
    }

    private Uni<Optional<String>> judged(Message<byte[]> message) {
        Envelope<?> envelope;
        try {
            ConsumerRecord<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                    .orElseThrow(() -> new IllegalStateException("The channel intents carries Kafka records"))
                    .getRecord();
            envelope = EventCodec.decode(Topics.INTENTS, null, record.headers(), message.getPayload());
        } catch (MalformedEventException e) {
            return Outcome.refused(String.valueOf(e.getMessage()));
        }
        if (!(envelope.data() instanceof ActionIntent(String jws))) {
            return Outcome.refused("The record is a %s, which is no intent"
                    .formatted(envelope.type().wireName()));
        }
        return switch (verifier.verify(jws, clock.instant())) {
            case Intent.Refused(String reason) -> Outcome.refused(reason);
            case Intent.Authentic intent -> {
                String traceparent = Traces.handedOn(envelope.traceparent());
                yield Retry.untilDone("An intent", () -> outcome(intent, traceparent));
            }
        };
    }

    private Uni<Optional<String>> outcome(Intent.Authentic intent, String traceparent) {
        return acceptance
                .keep(intent.verified(), intent.body(), intent.key(), traceparent)
                .chain(reception -> switch (reception) {
                    case Reception.Accepted(StoredAction action) -> published(action);
                    case Reception.Repeated(StoredAction action) -> published(action);
                    case Reception.KeyReused reused -> Outcome.refused("The jti is used. " + reused.detail());
                    case Reception.Invalid invalid -> Outcome.refused("The action is not in order: " + invalid.error());
                })
                .onFailure(IllegalArgumentException.class)
                .recoverWithItem(failure -> Optional.of("The action is not in order: " + failure.getMessage()))
                .onFailure(failure -> !(failure instanceof UnavailableException))
                .recoverWithUni(IntentsDoor::faulty);
    }

    private Uni<Optional<String>> published(StoredAction action) {
        return acceptance.publish(action).chain(() -> Outcome.ACCEPTED);
    }
}
