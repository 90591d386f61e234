package io.obstat.notifier.kafka;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Review;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.notifier.Reviews;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Writes {@code obstat.reviews}. */
@ApplicationScoped
class KafkaReviews implements Reviews {

    private final MutinyEmitter<byte[]> emitter;

    KafkaReviews(@Channel("reviews") MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    @Override
    public CompletionStage<Void> submit(ActionId action, Review review) {
        var submitted = new ReviewSubmitted(action, review);
        EventId id = EventId.derive(
                EventType.REVIEW_SUBMITTED.wireName(), review.id().value());
        return KafkaNotifications.send(
                emitter, new Envelope<>(id, ServiceName.NOTIFIER, review.submittedAt(), null, submitted));
    }
}
