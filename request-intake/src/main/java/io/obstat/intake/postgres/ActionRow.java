package io.obstat.intake.postgres;

import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.obstat.intake.IdempotencyKey;
import io.obstat.intake.StoredAction;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code intake.actions}. Facts are kept as the JSON that is on Kafka, beside the few columns that a query or a person at the
 * database needs.
 */
@Entity
@Table(schema = "intake", name = "actions")
class ActionRow {

    @Id
    @Column(name = "action_id", updatable = false)
    String actionId;

    @Column(name = "agent", updatable = false)
    String agent;

    @Column(name = "idempotency_key", updatable = false)
    String idempotencyKey;

    @Column(name = "digest", updatable = false)
    String digest;

    @Column(name = "status")
    String status;

    @Column(name = "traceparent", updatable = false)
    String traceparent;

    @Column(name = "requested_at", updatable = false)
    Instant requestedAt;

    @Column(name = "request", updatable = false)
    String request;

    @Column(name = "published_at")
    @Nullable
    Instant publishedAt;

    @Column(name = "withdrawal")
    @Nullable
    String withdrawal;

    @Column(name = "withdrawal_published_at")
    @Nullable
    Instant withdrawalPublishedAt;

    @Column(name = "decision")
    @Nullable
    String decision;

    /** Since when something waits to be published, or when it was last tried; null when nothing does. What the sweep looks for. */
    @Column(name = "unpublished_since")
    @Nullable
    Instant unpublishedSince;

    /** For Hibernate. */
    protected ActionRow() {}

    static ActionRow of(StoredAction action) {
        var row = new ActionRow();
        ActionRequested requested = action.requested();
        row.actionId = action.id().value();
        row.agent = requested.verified().agent().value();
        row.idempotencyKey = action.key().value();
        row.digest = requested.digest().value();
        row.traceparent = action.traceparent();
        row.requestedAt = requested.requestedAt();
        row.request = json(requested);
        row.become(action);
        return row;
    }

    /** Takes over what can change. */
    void become(StoredAction action) {
        status = action.status().wireName();
        publishedAt = action.publishedAt();
        withdrawal = action.withdrawn() == null ? null : json(action.withdrawn());
        withdrawalPublishedAt = action.withdrawalPublishedAt();
        decision = action.decision() == null ? null : json(action.decision());
        unpublishedSince = unpublishedSince(action);
    }

    /** A row that another version wrote, or somebody changed; no fault of the caller's, and trying again does not help. */
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String actionId, RuntimeException cause) {
            super("The row of %s in intake.actions cannot be read: %s".formatted(actionId, cause.getMessage()), cause);
        }
    }

    StoredAction state() {
        try {
            return new StoredAction(
                    Json.readEvent(bytes(request), ActionRequested.class),
                    new IdempotencyKey(idempotencyKey),
                    traceparent,
                    publishedAt,
                    withdrawal == null ? null : Json.readEvent(bytes(withdrawal), ActionWithdrawn.class),
                    withdrawalPublishedAt,
                    decision == null ? null : Json.readEvent(bytes(decision), Decision.class));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(actionId, e);
        }
    }

    private static @Nullable Instant unpublishedSince(StoredAction action) {
        if (action.publishedAt() == null) {
            return action.requested().requestedAt();
        }
        return action.withdrawn() == null || action.isPublished()
                ? null
                : action.withdrawn().withdrawnAt();
    }

    static String json(Object fact) {
        return new String(Json.write(fact), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
