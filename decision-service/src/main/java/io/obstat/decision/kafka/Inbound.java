package io.obstat.decision.kafka;

import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.decision.reactive.Desk;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * What comes from Kafka, the records of one action one after the other. A record is acknowledged once what it brought about is stored; the
 * throttled commit strategy commits no further than everything is acknowledged.
 */
@ApplicationScoped
class Inbound {

    private static final int UNDER_WAY = 64;

    private final Desk desk;
    private final Lanes verdicts = new Lanes(UNDER_WAY);
    private final Lanes reviews = new Lanes(UNDER_WAY);
    private final Lanes notifications = new Lanes(UNDER_WAY);

    Inbound(Desk desk) {
        this.desk = desk;
    }

    @Incoming("verdicts")
    Uni<Void> verdict(Message<byte[]> message) {
        return verdicts.put(
                Records.key(message),
                () -> Records.handle(message, Topics.VERDICTS, envelope -> {
                    if (envelope.data() instanceof Verdict verdict) {
                        return desk.open(verdict, envelope.traceparent());
                    }
                    throw unexpected(envelope);
                }));
    }

    @Incoming("actions")
    Uni<Void> action(Message<byte[]> message) {
        // Requests arrive here with their verdicts; of this topic, only withdrawals matter.
        if (Records.isOf(message, EventType.ACTION_REQUESTED)) {
            return Uni.createFrom().completionStage(message::ack);
        }
        return Records.handle(message, Topics.ACTIONS, envelope -> {
            if (envelope.data() instanceof ActionWithdrawn withdrawal) {
                return desk.withdraw(withdrawal, envelope.traceparent());
            }
            throw unexpected(envelope);
        });
    }

    @Incoming("reviews")
    Uni<Void> review(Message<byte[]> message) {
        return reviews.put(
                Records.key(message),
                () -> Records.handle(message, Topics.REVIEWS, envelope -> {
                    if (envelope.data() instanceof ReviewSubmitted submitted) {
                        return desk.reviewFromChannel(submitted.actionId(), submitted.review(), envelope.traceparent());
                    }
                    throw unexpected(envelope);
                }));
    }

    @Incoming("notifications")
    Uni<Void> notification(Message<byte[]> message) {
        // That a card was rewritten is for the record.
        if (Records.isOf(message, EventType.CARD_UPDATED)) {
            return Uni.createFrom().completionStage(message::ack);
        }
        return notifications.put(
                Records.key(message),
                () -> Records.handle(message, Topics.NOTIFICATIONS, envelope -> {
                    if (envelope.data() instanceof Notification notification) {
                        return desk.deliver(notification, envelope.traceparent());
                    }
                    throw unexpected(envelope);
                }));
    }

    @Incoming("policies")
    Uni<Void> policy(Message<byte[]> message) {
        return Records.handle(message, Topics.POLICIES, envelope -> {
            if (envelope.data() instanceof PolicySetActivated activated) {
                return desk.policyActivated(activated);
            }
            throw unexpected(envelope);
        });
    }

    private static MalformedEventException unexpected(Envelope<?> envelope) {
        return new MalformedEventException(
                "The record is a %s, which decision-service does not know; upgrade it".formatted(envelope.type()));
    }
}
