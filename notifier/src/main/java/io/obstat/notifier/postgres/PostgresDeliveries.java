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
import io.obstat.notifier.Channels;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Recipient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The delivery record: one row for each notice and recipient, whatever is redelivered, raced or restarted. */
@ApplicationScoped
public class PostgresDeliveries {

    private static final Logger LOG = Logger.getLogger(PostgresDeliveries.class);
    private static final String REMEMBER =
            "INSERT INTO notifier.handled_event (topic, event_id, handled_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    /** A recipient's tries under way, whichever process makes them, come before what waits for it, so that the place tells how many there would be. */
    private static final String DUE = """
            SELECT due.* FROM notifier.delivery due JOIN (
                SELECT id, row_number() OVER (
                    PARTITION BY channel, recipient ORDER BY coalesce(claimed_until > ?1, false) DESC, due_at, seq) AS place
                FROM notifier.delivery open WHERE state IN ('pending', 'retrying') AND due_at <= ?1
                    AND NOT EXISTS (SELECT 1 FROM notifier.pause
                        WHERE pause.channel = open.channel AND pause.recipient = open.recipient AND pause.until > ?1)
                    AND NOT (in_order AND EXISTS (SELECT 1 FROM notifier.delivery before
                        WHERE before.in_order AND before.state IN ('pending', 'retrying') AND before.action_id = open.action_id
                            AND before.channel = open.channel AND before.recipient = open.recipient AND before.seq < open.seq))
                ) placed ON placed.id = due.id
            WHERE due.state IN ('pending', 'retrying') AND due.due_at <= ?1
                AND (due.claimed_until IS NULL OR due.claimed_until <= ?1) AND placed.place <= ?3
            ORDER BY placed.place, due.due_at LIMIT ?2 FOR UPDATE OF due SKIP LOCKED
            """;

    private static final String PAUSE = """
            INSERT INTO notifier.pause (channel, recipient, until) VALUES (?1, ?2, ?3)
            ON CONFLICT (channel, recipient) DO UPDATE SET until = greatest(pause.until, excluded.until)
            """;

    private static final String UNPUBLISHED = """
            SELECT * FROM notifier.delivery
            WHERE (ended_at IS NOT NULL AND NOT event_published OR late_at <= ?1) AND (reporting_until IS NULL OR reporting_until <= ?1)
            ORDER BY coalesce(ended_at, late_at) LIMIT ?2 FOR UPDATE SKIP LOCKED
            """;

    private static final String PUBLISHED = "UPDATE notifier.delivery SET event_published = true WHERE id = ?1";

    /** Touches nothing else: it may be tried, or end, beside this. */
    private static final String LATE_PUBLISHED =
            "UPDATE notifier.delivery SET late_at = NULL, reporting_until = NULL WHERE id = ?1 AND late_at IS NOT NULL";

    private static final String GONE = "DELETE FROM notifier.delivery WHERE id = ?1";

    private final Transactions transactions;

    PostgresDeliveries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A delivery that this process has to itself until its lease ends. */
    public record Claim(Errand errand, Delivery.Open delivery) {

        public DeliveryId id() {
            return errand.id();
        }

        public Recipient recipient() {
            return errand.recipient();
        }
    }

    /**
     * What is to be published about a delivery.
     *
     * @param late whether it is that half of the time has gone by, and not how it ended
     */
    public record Report(DeliveryId id, boolean late, Envelope<? extends ActionEvent> event) {}

    /** A line of the delivery record. */
    public record Line(
            DeliveryId id, EventId about, String kind, Recipient recipient, Instant createdAt, Delivery delivery) {}

    /**
     * Records the event as handled and, in the same transaction, what there is to tell, that every card has to tell it, and one pending
     * delivery a recipient.
     *
     * @return whether it was news
     */
    public Uni<Boolean> begin(Topic topic, Envelope<?> event, Notice notice, Channels channels, Instant now) {
        return transactions.run(session -> session.createNativeQuery(REMEMBER)
                .setParameter(1, topic.name())
                .setParameter(2, event.id().value())
                .setParameter(3, now)
                .executeUpdate()
                .flatMap(inserted -> inserted == 0
                        ? Uni.createFrom().item(false)
                        : PostgresNotices.add(session, notice, now)
                                .flatMap(known -> insert(
                                        session,
                                        channels.recipients(notice, known.approval()).stream()
                                                .map(recipient -> DeliveryRow.pending(
                                                        notice,
                                                        recipient,
                                                        channels.inOrder(recipient),
                                                        event.traceparent(),
                                                        now))
                                                .toArray()))
                                .replaceWith(true)));
    }

    private static Uni<Void> insert(Mutiny.Session session, Object[] rows) {
        return rows.length == 0 ? Uni.createFrom().voidItem() : session.persistAll(rows);
    }

    /** Nothing is tried with this recipient by then. The empty name stands for the cards of the channel that are to be rewritten. */
    public Uni<Void> pause(String channel, String recipient, Instant until) {
        return transactions.run(session -> session.createNativeQuery(PAUSE)
                .setParameter(1, channel)
                .setParameter(2, recipient)
                .setParameter(3, until)
                .executeUpdate()
                .replaceWithVoid());
    }

    /**
     * Deliveries that are due, for this process alone until {@code now + lease}; first those whose recipient has the least under way, then the
     * soonest. One whose row cannot be read is left out and recorded as failed.
     *
     * @param most at most this many
     * @param mostEach no recipient has more than this many under way at a time, so that one that never answers leaves the others their places
     */
    public Uni<List<Claim>> claim(int most, int mostEach, Instant now, Duration lease) {
        return transactions.run(session -> session.createNativeQuery(DUE, DeliveryRow.class)
                .setParameter(1, now)
                .setParameter(2, most)
                .setParameter(3, mostEach)
                .getResultList()
                .map(rows -> rows.stream()
                        .flatMap(row -> claim(row, now, lease).stream())
                        .toList()));
    }

    private static Optional<Claim> claim(DeliveryRow row, Instant now, Duration lease) {
        try {
            if (!(row.delivery() instanceof Delivery.Open open)) {
                return Optional.empty();
            }
            // A try that failed, or whose lease ended, may have succeeded all the same.
            boolean again = row.attempts > 0 || row.claimedUntil != null;
            var claim = new Claim(new Errand(new DeliveryId(row.id), row.notice(), row.recipient(), again), open);
            row.claimedUntil = now.plus(lease);
            return Optional.of(claim);
        } catch (RuntimeException e) {
            // INVARIANT: one bad row keeps no other from being delivered, and is not lost: its end is published like
            // any.
            LOG.errorf(e, "Delivery %s is given up: its row cannot be read; see notifier.delivery", row.id);
            row.set(new Delivery.Failed(
                    row.attempts,
                    "Its row cannot be read (%s); the notifier's log says more"
                            .formatted(e.getClass().getSimpleName()),
                    now));
            return Optional.empty();
        }
    }

    /** What the try made of the delivery, unless it has ended in the meantime: another process's word stands then. */
    public Uni<Void> record(DeliveryId id, Function<Delivery.Open, Delivery> next) {
        return transactions.run(session -> session.find(DeliveryRow.class, id.value(), LockMode.PESSIMISTIC_WRITE)
                .invoke(row -> {
                    // Others may be told instead by now.
                    if (row != null && row.delivery() instanceof Delivery.Open open) {
                        row.set(next.apply(open));
                    }
                })
                .replaceWithVoid());
    }

    /**
     * Has these told instead, each for themselves; the delivery itself is gone, unless it has ended in the meantime. Whoever is to be told of it
     * already is told once.
     */
    public Uni<Void> replace(Claim claim, List<Recipient> recipients, Channels channels, Instant now) {
        Errand errand = claim.errand();
        return transactions.run(session -> PostgresNotices.lock(
                        session, errand.notice().subject().actionId())
                .chain(() -> session.find(DeliveryRow.class, claim.id().value(), LockMode.PESSIMISTIC_WRITE))
                .chain(row -> row == null || !(row.delivery() instanceof Delivery.Open)
                        ? Uni.createFrom().voidItem()
                        : known(session, errand.notice(), recipients)
                                .map(known -> recipients.stream()
                                        .map(recipient -> DeliveryRow.pending(
                                                errand.notice(),
                                                recipient,
                                                channels.inOrder(recipient),
                                                row.traceparent,
                                                now))
                                        .filter(told -> !known.contains(told.id))
                                        .toArray())
                                .chain(rows -> insert(session, rows))
                                // Not session.remove(row): of removals at once some never end, see
                                // hibernate-reactive#1713.
                                .chain(() -> session.createNativeQuery(GONE)
                                        .setParameter(1, claim.id().value())
                                        .executeUpdate())
                                .replaceWithVoid()));
    }

    private static Uni<List<String>> known(Mutiny.Session session, Notice notice, List<Recipient> recipients) {
        List<String> ids = recipients.stream()
                .map(recipient -> DeliveryId.of(notice, recipient).value())
                .toList();
        return ids.isEmpty()
                ? Uni.createFrom().item(ids)
                : session.createQuery("select id from DeliveryRow where id in ?1", String.class)
                        .setParameter(1, ids)
                        .getResultList();
    }

    /**
     * At most this many deliveries that have ended, or are late, and of which nobody was told yet; for this process alone until {@code now + lease}, and
     * tried on meanwhile. A report that comes again is the same event. One of which no event can be made is left out, and stays to be
     * published once its row is mended.
     */
    public Uni<List<Report>> unpublished(int most, Instant now, Duration lease) {
        return transactions.run(session -> session.createNativeQuery(UNPUBLISHED, DeliveryRow.class)
                .setParameter(1, now)
                .setParameter(2, most)
                .getResultList()
                .invoke(rows -> rows.forEach(row -> row.report(now.plus(lease))))
                .map(rows -> rows.stream().flatMap(row -> report(row).stream()).toList()));
    }

    private static Optional<Report> report(DeliveryRow row) {
        try {
            return Optional.of(
                    row.lateAt == null
                            ? new Report(new DeliveryId(row.id), false, event(row))
                            : new Report(new DeliveryId(row.id), true, late(row, row.lateAt)));
        } catch (RuntimeException e) {
            LOG.errorf(e, "How delivery %s went cannot be published; mend its row in notifier.delivery", row.id);
            return Optional.empty();
        }
    }

    /** The event about this delivery is on Kafka. One that is late goes on. */
    public Uni<Void> published(DeliveryId id, boolean late) {
        return transactions.run(session -> session.createNativeQuery(late ? LATE_PUBLISHED : PUBLISHED)
                .setParameter(1, id.value())
                .executeUpdate()
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

    private static Envelope<? extends ActionEvent> event(DeliveryRow row) {
        var action = new ActionId(row.actionId);
        var about = new EventId(row.eventId);
        ActionEvent data = switch (row.delivery()) {
            case Delivery.Delivered(int attempts, Instant at) ->
                new Notified(action, about, row.kind, row.channel, row.recipient, attempts, at);
            case Delivery.Failed(int attempts, String problem, Instant at) ->
                new NotificationFailed(action, about, row.kind, row.channel, row.recipient, attempts, problem, at);
            case Delivery.Open open ->
                throw new IllegalStateException("Delivery %s has not ended: %s".formatted(row.id, open));
        };
        Instant endedAt = row.endedAt == null ? row.createdAt : row.endedAt;
        // INVARIANT: derived from the delivery, so that publishing twice is recognised.
        EventId id = EventId.derive(EventType.of(data).wireName(), row.id);
        return new Envelope<>(id, ServiceName.NOTIFIER, endedAt, row.traceparent, data);
    }

    /** It has not ended, and how it will is another event. */
    private static Envelope<NotificationFailed> late(DeliveryRow row, Instant at) {
        var data = new NotificationFailed(
                new ActionId(row.actionId),
                new EventId(row.eventId),
                row.kind,
                row.channel,
                row.recipient,
                Objects.requireNonNull(row.lateAttempts),
                Objects.requireNonNull(row.lateProblem),
                at);
        return new Envelope<>(
                EventId.derive(EventType.of(data).wireName(), row.id, "late"),
                ServiceName.NOTIFIER,
                at,
                row.traceparent,
                data);
    }
}
