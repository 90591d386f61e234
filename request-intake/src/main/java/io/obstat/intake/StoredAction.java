package io.obstat.intake;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Required;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An accepted request and what is known to have become of it.
 *
 * @param requested as asked
 * @param key under which it was asked
 * @param traceparent W3C trace context of the first request, handed on with every event
 * @param publishedAt when Kafka acknowledged the request; absent until then
 * @param withdrawn that the agent took it back, if it did
 * @param withdrawalPublishedAt when Kafka acknowledged the withdrawal; absent until then
 * @param decision the terminal decision, once it is known here
 */
public record StoredAction(
        ActionRequested requested,
        IdempotencyKey key,
        String traceparent,
        @Nullable Instant publishedAt,
        @Nullable ActionWithdrawn withdrawn,
        @Nullable Instant withdrawalPublishedAt,
        @Nullable Decision decision) {

    /** What the agent is told. */
    public enum Status {
        PENDING("pending"),
        WITHDRAWN("withdrawn"),
        DECIDED("decided");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public StoredAction {
        Required.present("requested", requested);
        Required.present("key", key);
        Required.text("traceparent", traceparent, 128);
    }

    /** A request that nobody has published yet. */
    static StoredAction asked(ActionRequested requested, IdempotencyKey key, String traceparent) {
        return new StoredAction(requested, key, traceparent, null, null, null, null);
    }

    public ActionId id() {
        return requested.actionId();
    }

    public Status status() {
        if (decision != null) {
            return Status.DECIDED;
        }
        return withdrawn == null ? Status.PENDING : Status.WITHDRAWN;
    }

    /** The request to publish; empty when Kafka has it. */
    public Optional<Envelope<ActionRequested>> unpublishedRequest() {
        return publishedAt != null ? Optional.empty() : Optional.of(event(requested, requested.requestedAt()));
    }

    /** The withdrawal to publish, after the request; empty when there is none or Kafka has it. */
    public Optional<Envelope<ActionWithdrawn>> unpublishedWithdrawal() {
        return withdrawn == null || withdrawalPublishedAt != null
                ? Optional.empty()
                : Optional.of(event(withdrawn, withdrawn.withdrawnAt()));
    }

    /** Whether Kafka has everything there is to say. */
    public boolean isPublished() {
        return publishedAt != null && (withdrawn == null || withdrawalPublishedAt != null);
    }

    /** This, noted as published: of what {@code sent} had to say, nothing more. */
    public StoredAction published(StoredAction sent, Instant at) {
        return new StoredAction(
                requested,
                key,
                traceparent,
                publishedAt == null ? at : publishedAt,
                withdrawn,
                // INVARIANT: a withdrawal that came in while an older state was on its way to Kafka stays unpublished.
                sent.withdrawn == null || withdrawalPublishedAt != null ? withdrawalPublishedAt : at,
                decision);
    }

    /** This, decided. The first decision stays. */
    public StoredAction decided(Decision terminal) {
        return decision != null
                ? this
                : new StoredAction(
                        requested, key, traceparent, publishedAt, withdrawn, withdrawalPublishedAt, terminal);
    }

    StoredAction withdrawn(ActionWithdrawn withdrawal) {
        return new StoredAction(requested, key, traceparent, publishedAt, withdrawal, null, decision);
    }

    private <E extends ActionEvent> Envelope<E> event(E event, Instant at) {
        // INVARIANT: same action, same event, same id, however often it is published and by whichever instance.
        EventId eventId = EventId.derive(EventType.of(event).wireName(), id().value());
        return new Envelope<>(eventId, ServiceName.REQUEST_INTAKE, at, traceparent, event);
    }
}
