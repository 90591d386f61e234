package io.obstat.notifier.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Recipient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** The delivery record: one row for each notice and recipient, whatever is redelivered, raced or restarted. */
@ApplicationScoped
public class PostgresDeliveries {

    private static final String REMEMBER =
            "INSERT INTO notifier.handled_event (topic, event_id, handled_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    private static final String DUE = """
            SELECT * FROM notifier.delivery
            WHERE state IN ('pending', 'retrying') AND due_at <= ?1 AND (claimed_until IS NULL OR claimed_until <= ?1)
            ORDER BY due_at LIMIT ?2 FOR UPDATE SKIP LOCKED
            """;
    private static final String UNPUBLISHED = """
            SELECT * FROM notifier.delivery
            WHERE ended_at IS NOT NULL AND NOT event_published AND (claimed_until IS NULL OR claimed_until <= ?1)
            ORDER BY ended_at LIMIT ?2 FOR UPDATE SKIP LOCKED
            """;

    private final Transactions transactions;

    PostgresDeliveries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A delivery that this process has to itself until its lease ends. */
    public record Claim(DeliveryId id, Notice notice, Recipient recipient, Delivery.Open delivery) {}

    /** What is to be published about a delivery that came to its end. */
    public record Report(DeliveryId id, Envelope<? extends ActionEvent> event) {}

    /** A line of the delivery record. */
    public record Line(
            DeliveryId id, EventId about, String kind, Recipient recipient, Instant createdAt, Delivery delivery) {}

    /**
     * Records the event as handled and, in the same transaction, one pending delivery a recipient.
     *
     * @return how many deliveries were begun; 0 when the event was handled before
     */
    public Uni<Integer> begin(Topic topic, Envelope<?> event, Notice notice, List<Recipient> recipients, Instant now) {
        return transactions.run(session -> session.createNativeQuery(REMEMBER)
                .setParameter(1, topic.name())
                .setParameter(2, event.id().value())
                .setParameter(3, now)
                .executeUpdate()
                .flatMap(inserted ->
                        inserted == 0 ? Uni.createFrom().item(0) : insert(session, event, notice, recipients, now)));
    }

    private static Uni<Integer> insert(
            Mutiny.Session session, Envelope<?> event, Notice notice, List<Recipient> recipients, Instant now) {
        Object[] rows = recipients.stream()
                .map(recipient -> DeliveryRow.pending(notice, recipient, event.traceparent(), now))
                .toArray();
        return session.persistAll(rows).replaceWith(rows.length);
    }

    /** At most this many deliveries that are due, soonest first, for this process alone until {@code now + lease}. */
    public Uni<List<Claim>> claim(int most, Instant now, Duration lease) {
        return transactions.run(session -> claimed(session, DUE, most, now, lease)
                .map(rows -> rows.stream()
                        .filter(row -> row.delivery() instanceof Delivery.Open)
                        .map(row -> new Claim(
                                new DeliveryId(row.id), row.notice(), row.recipient(), (Delivery.Open) row.delivery()))
                        .toList()));
    }

    /** What the try made of the delivery, unless it has ended in the meantime: another process's word stands then. */
    public Uni<Void> record(DeliveryId id, Function<Delivery.Open, Delivery> next) {
        return transactions.run(session -> session.find(DeliveryRow.class, id.value())
                .invoke(row -> {
                    if (row.delivery() instanceof Delivery.Open open) {
                        row.set(next.apply(open));
                    }
                })
                .replaceWithVoid());
    }

    /** At most this many deliveries that have ended and of which nobody was told yet. */
    public Uni<List<Report>> unpublished(int most, Instant now, Duration lease) {
        return transactions.run(session -> claimed(session, UNPUBLISHED, most, now, lease)
                .map(rows -> rows.stream()
                        .map(row -> new Report(new DeliveryId(row.id), event(row)))
                        .toList()));
    }

    /** The event about this delivery is on Kafka. */
    public Uni<Void> published(DeliveryId id) {
        return transactions.run(session -> session.find(DeliveryRow.class, id.value())
                .invoke(row -> row.eventPublished = true)
                .replaceWithVoid());
    }

    /** The delivery record of an action, in the order in which there was something to tell. */
    public Uni<List<Line>> of(ActionId action) {
        return transactions.run(session -> session.createQuery(
                        "from DeliveryRow where actionId = ?1 order by createdAt, id", DeliveryRow.class)
                .setParameter(1, action.value())
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Line(
                                new DeliveryId(row.id),
                                new EventId(row.eventId),
                                row.kind,
                                row.recipient(),
                                row.createdAt,
                                row.delivery()))
                        .toList()));
    }

    private static Uni<List<DeliveryRow>> claimed(
            Mutiny.Session session, String query, int most, Instant now, Duration lease) {
        return session.createNativeQuery(query, DeliveryRow.class)
                .setParameter(1, now)
                .setParameter(2, most)
                .getResultList()
                .invoke(rows -> rows.forEach(row -> row.claimedUntil = now.plus(lease)));
    }

    private static Envelope<? extends ActionEvent> event(DeliveryRow row) {
        var action = new ActionId(row.actionId);
        var about = new EventId(row.eventId);
        ActionEvent data = switch (row.delivery()) {
            case Delivery.Delivered(int attempts, Instant at) ->
                new Notified(action, about, row.channel, row.recipient, attempts, at);
            case Delivery.Failed(int attempts, String problem, Instant at) ->
                new NotificationFailed(action, about, row.channel, row.recipient, attempts, problem, at);
            case Delivery.Open open ->
                throw new IllegalStateException("Delivery %s has not ended: %s".formatted(row.id, open));
        };
        Instant endedAt = row.endedAt == null ? row.createdAt : row.endedAt;
        // INVARIANT: derived from the delivery, so that publishing twice is recognised.
        EventId id = EventId.derive(EventType.of(data).wireName(), row.id);
        return new Envelope<>(id, ServiceName.NOTIFIER, endedAt, row.traceparent, data);
    }
}
