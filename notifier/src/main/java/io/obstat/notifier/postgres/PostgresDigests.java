package io.obstat.notifier.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Digests;
import io.obstat.notifier.Digests.Turn.Ours;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Waiting;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The digests in PostgreSQL. */
@ApplicationScoped
public class PostgresDigests implements Digests {

    /** Nobody can decide for longer than 30 days, see {@link io.obstat.contracts.Requirement}; what is older waits for nobody. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(31);

    /** So many actions are read at a time: a notice may be long. */
    private static final int AT_ONCE = 100;

    private static final String KNOW = "INSERT INTO notifier.digest (recipient) VALUES (?1) ON CONFLICT DO NOTHING";

    /** Whoever ends a turn writes this row last, so that who waits for it sees what was told. */
    private static final String LOCK = "SELECT begun_at, sent_at FROM notifier.digest WHERE recipient = ?1 FOR UPDATE";

    private static final String TOLD = "SELECT count(*) FROM notifier.digest_delivery WHERE delivery_id = ?1";

    private static final String BEGIN = "UPDATE notifier.digest SET begun_at = ?2 WHERE recipient = ?1";

    private static final String UNDECIDED = """
            SELECT id, action_id, state IN ('pending', 'retrying')
                AND NOT EXISTS (SELECT 1 FROM notifier.digest_delivery told WHERE told.delivery_id = delivery.id)
            FROM notifier.delivery
            WHERE channel = 'email' AND recipient = ?1 AND created_at > ?2
                AND NOT EXISTS (SELECT 1 FROM notifier.notice ended
                    WHERE ended.action_id = delivery.action_id AND ended.kind = 'action.decided')
            """;

    /** Ids have no blanks in them. */
    private static final String TELL = """
            INSERT INTO notifier.digest_delivery (delivery_id) SELECT unnest(string_to_array(?1, ' ')) ON CONFLICT DO NOTHING
            """;

    /** Somebody else may have taken the turn when the lease was over: theirs goes on. */
    private static final String SENT = """
            UPDATE notifier.digest SET sent_at = greatest(sent_at, ?3), begun_at = CASE WHEN begun_at = ?2 THEN NULL ELSE begun_at END
            WHERE recipient = ?1
            """;

    private static final String NOT_SENT =
            "UPDATE notifier.digest SET begun_at = NULL WHERE recipient = ?1 AND begun_at = ?2";

    private final Transactions transactions;

    PostgresDigests(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Undecided(DeliveryId id, ActionId action, boolean open) {}

    @Override
    public CompletionStage<Turn> begin(Errand errand, Pace pace, Instant now) {
        Recipient recipient = errand.recipient();
        // PostgreSQL keeps microseconds, and the turn is known by its moment.
        Instant moment = now.truncatedTo(ChronoUnit.MICROS);
        return transactions
                .run(session -> session.createNativeQuery(KNOW)
                        .setParameter(1, recipient.name())
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(LOCK, Object[].class)
                                .setParameter(1, recipient.name())
                                .getSingleResult())
                        .chain(row -> place(session, errand, row))
                        .map(place -> pace.turn(recipient, place, moment))
                        .call(turn -> turn instanceof Ours
                                ? session.createNativeQuery(BEGIN)
                                        .setParameter(1, recipient.name())
                                        .setParameter(2, moment)
                                        .executeUpdate()
                                : Uni.createFrom().voidItem()))
                .subscribeAsCompletionStage();
    }

    private static Uni<Place> place(Mutiny.Session session, Errand errand, Object[] row) {
        ActionId action = errand.notice().subject().actionId();
        return isTold(session, errand.id())
                .chain(told -> PostgresNotices.known(session, action)
                        .map(known -> new Place(
                                instant(row[0]),
                                instant(row[1]),
                                told,
                                known.approval().decideBy().orElse(null))));
    }

    private static Uni<Boolean> isTold(Mutiny.Session session, DeliveryId delivery) {
        return session.createNativeQuery(TOLD, Long.class)
                .setParameter(1, delivery.value())
                .getSingleResult()
                .map(told -> told > 0);
    }

    private static @Nullable Instant instant(@Nullable Object column) {
        return column == null ? null : ((OffsetDateTime) column).toInstant();
    }

    @Override
    public CompletionStage<Content> content(Ours turn, Instant now) {
        return transactions
                .run(session -> session.createNativeQuery(UNDECIDED, Object[].class)
                        .setParameter(1, turn.recipient().name())
                        .setParameter(2, now.minus(LONGEST_WAIT))
                        .getResultList()
                        .map(rows -> rows.stream()
                                .map(row -> new Undecided(
                                        new DeliveryId((String) row[0]), new ActionId((String) row[1]), (Boolean)
                                                row[2]))
                                .toList())
                        .chain(undecided -> waiting(
                                        session, undecided, turn.recipient().name(), now)
                                .map(waiting -> new Content(waiting, covered(undecided, waiting)))))
                .subscribeAsCompletionStage();
    }

    private static Uni<List<Waiting>> waiting(
            Mutiny.Session session, List<Undecided> undecided, String address, Instant now) {
        List<ActionId> actions =
                undecided.stream().map(Undecided::action).distinct().toList();
        return Multi.createFrom()
                .iterable(chunks(actions))
                .onItem()
                .transformToUniAndConcatenate(chunk -> PostgresNotices.asked(session, chunk))
                .collect()
                .in(
                        ArrayList::new,
                        (all, approvals) -> approvals.forEach(
                                approval -> Waiting.of(approval, address, now).ifPresent(all::add)));
    }

    private static List<List<ActionId>> chunks(List<ActionId> actions) {
        var chunks = new ArrayList<List<ActionId>>();
        for (int from = 0; from < actions.size(); from += AT_ONCE) {
            chunks.add(actions.subList(from, Math.min(actions.size(), from + AT_ONCE)));
        }
        return chunks;
    }

    private static Set<DeliveryId> covered(List<Undecided> undecided, List<Waiting> waiting) {
        Set<ActionId> told = waiting.stream()
                .sorted(Waiting.NEXT_FIRST)
                .limit(MOST_NAMED)
                .map(Waiting::action)
                .collect(Collectors.toSet());
        return undecided.stream()
                .filter(delivery -> delivery.open() && told.contains(delivery.action()))
                .map(Undecided::id)
                .collect(Collectors.toSet());
    }

    @Override
    public CompletionStage<Void> sent(Ours turn, Set<DeliveryId> covered, Instant now) {
        String ids = covered.stream().map(DeliveryId::value).sorted().collect(Collectors.joining(" "));
        return transactions
                .run(session -> session.createNativeQuery(TELL)
                        .setParameter(1, ids)
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(SENT)
                                .setParameter(1, turn.recipient().name())
                                .setParameter(2, turn.since())
                                .setParameter(3, now)
                                .executeUpdate())
                        .replaceWithVoid())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> notSent(Ours turn) {
        return transactions
                .run(session -> session.createNativeQuery(NOT_SENT)
                        .setParameter(1, turn.recipient().name())
                        .setParameter(2, turn.since())
                        .executeUpdate()
                        .replaceWithVoid())
                .subscribeAsCompletionStage();
    }
}
