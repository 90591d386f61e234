package io.obstat.notifier.postgres;

import io.obstat.contracts.json.Json;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Recipient;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of {@code notifier.delivery}. */
@Entity
@Table(name = "delivery", schema = "notifier")
class DeliveryRow {

    @Id
    String id;

    @Column(name = "event_id")
    String eventId;

    @Column(name = "action_id")
    String actionId;

    @Column
    String channel;

    @Column
    String recipient;

    @Column
    String kind;

    /** The notice as JSON text, so that each try sends the same bytes. */
    @Column
    String notice;

    @Column
    @Nullable
    String traceparent;

    @Column
    String state;

    @Column
    int attempts;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "ended_at")
    @Nullable
    Instant endedAt;

    @Column
    @Nullable
    String problem;

    @Column(name = "claimed_until")
    @Nullable
    Instant claimedUntil;

    @Column(name = "event_published")
    boolean eventPublished;

    @Column(name = "late_at")
    @Nullable
    Instant lateAt;

    @Column(name = "late_attempts")
    @Nullable
    Integer lateAttempts;

    @Column(name = "late_problem")
    @Nullable
    String lateProblem;

    @Column(name = "reporting_until")
    @Nullable
    Instant reportingUntil;

    /** In which order there was something to tell; the database counts. */
    @Column(insertable = false, updatable = false)
    long seq;

    /** Whether it waits for what the recipient was to be told of the action before. */
    @Column(name = "in_order")
    boolean inOrder;

    static DeliveryRow pending(
            Notice notice, Recipient recipient, boolean inOrder, @Nullable String traceparent, Instant now) {
        var row = new DeliveryRow();
        row.id = DeliveryId.of(notice, recipient).value();
        row.eventId = notice.subject().about().value();
        row.actionId = notice.subject().actionId().value();
        row.channel = recipient.channel();
        row.recipient = recipient.name();
        row.kind = notice.kind().wireName();
        row.notice = new String(Json.write(notice), StandardCharsets.UTF_8);
        row.inOrder = inOrder;
        row.traceparent = traceparent;
        row.createdAt = now;
        row.set(new Delivery.Pending(now));
        row.lateAt = notice.decideBy().flatMap(end -> halfWay(now, end)).orElse(null);
        return row;
    }

    /** Empty when there is no way left. */
    private static Optional<Instant> halfWay(Instant now, Instant end) {
        return now.isBefore(end)
                ? Optional.of(now.plus(Duration.between(now, end).dividedBy(2)))
                : Optional.empty();
    }

    void set(Delivery delivery) {
        attempts = delivery.attempts();
        claimedUntil = null;
        switch (delivery) {
            case Delivery.Pending pending -> place("pending", pending.dueAt(), null, null);
            case Delivery.Retrying retrying -> place("retrying", retrying.dueAt(), null, retrying.problem());
            case Delivery.Delivered delivered -> place("delivered", null, delivered.endedAt(), null);
            case Delivery.Failed failed -> place("failed", null, failed.endedAt(), failed.problem());
        }
    }

    private void place(
            String newState, @Nullable Instant newDueAt, @Nullable Instant newEndedAt, @Nullable String newProblem) {
        state = newState;
        dueAt = newDueAt;
        endedAt = newEndedAt;
        problem = newProblem;
        if (newEndedAt != null) {
            lateAt = null;
            // Whoever reports that it is late has no say in its end.
            reportingUntil = null;
        }
    }

    /** Takes it for a report. What is said of it as late is as it stood the first time, so that a repeat is the same event. */
    void report(Instant until) {
        reportingUntil = until;
        if (lateAt != null && lateProblem == null) {
            String said = "Half of the time has gone by, and it is still tried: "
                    + (problem == null ? "no try has ended" : problem);
            lateProblem = said.substring(0, Math.min(said.length(), Attempt.LONGEST_PROBLEM));
            lateAttempts = attempts;
        }
    }

    Delivery delivery() {
        return switch (state) {
            case "pending" -> new Delivery.Pending(createdAt);
            case "retrying" ->
                new Delivery.Retrying(
                        createdAt, Objects.requireNonNull(dueAt), attempts, Objects.requireNonNull(problem));
            case "delivered" -> new Delivery.Delivered(attempts, Objects.requireNonNull(endedAt));
            case "failed" ->
                new Delivery.Failed(attempts, Objects.requireNonNull(problem), Objects.requireNonNull(endedAt));
            default -> throw new IllegalStateException("Delivery %s is in the unknown state %s".formatted(id, state));
        };
    }

    Notice notice() {
        return PostgresNotices.read(kind, notice);
    }

    Recipient recipient() {
        return new Recipient(channel, recipient);
    }
}
