package io.obstat.notifier.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.CardUpdated;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.notifier.Approval;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Backoff;
import io.obstat.notifier.Card;
import io.obstat.notifier.CardId;
import io.obstat.notifier.Cards;
import io.obstat.notifier.Recipient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The cards in PostgreSQL. A card that shows less than there is to show is rewritten until it does. */
@ApplicationScoped
public class PostgresCards implements Cards {

    private static final Logger LOG = Logger.getLogger(PostgresCards.class);

    private static final String THERE = "SELECT message, tried FROM notifier.card WHERE id = ?1";

    /** What there is to show is counted under the action's lock, so that nothing that is told meanwhile is missed. */
    private static final String BEGIN = """
            INSERT INTO notifier.card (id, action_id, channel, recipient, tried, wanted, due_at)
            VALUES (?1, ?2, ?3, ?4, true, (SELECT count(*) FROM notifier.notice WHERE action_id = ?2), ?5)
            ON CONFLICT (id) DO UPDATE SET tried = true
            """;

    private static final String POSTED =
            "UPDATE notifier.card SET message = ?2, shown = ?3, face = ?4, attempts = 0, problem = NULL WHERE id = ?1";

    private static final String IS_CARD = "SELECT count(*) FROM notifier.card WHERE message = ?1";

    private static final String PLACES =
            "SELECT recipient FROM notifier.card WHERE action_id = ?1 AND channel = ?2 ORDER BY recipient";

    private static final String NOT_POSTED = "UPDATE notifier.card SET tried = false WHERE id = ?1";

    private static final String STALE = """
            SELECT id, action_id, channel, recipient, message, attempts, face FROM notifier.card stale
            WHERE message IS NOT NULL AND NOT closed AND shown < wanted AND due_at <= ?1
                AND (claimed_until IS NULL OR claimed_until <= ?1)
                AND NOT EXISTS (SELECT 1 FROM notifier.pause
                    WHERE pause.channel = stale.channel AND pause.recipient = '' AND pause.until > ?1)
            ORDER BY due_at LIMIT ?2 FOR UPDATE SKIP LOCKED
            """;

    private static final String CLAIM = "UPDATE notifier.card SET claimed_until = ?2 WHERE id = ?1";

    private static final String REWRITTEN = """
            UPDATE notifier.card SET shown = ?2, face = ?5, attempts = 0, claimed_until = NULL, problem = NULL, report_about = ?3, report_at = ?4
            WHERE id = ?1
            """;

    private static final String LOOKS_THE_SAME =
            "UPDATE notifier.card SET shown = ?2, attempts = 0, claimed_until = NULL WHERE id = ?1";

    private static final String LATER = """
            UPDATE notifier.card SET attempts = ?2, due_at = ?3, claimed_until = NULL, problem = ?4, closed = ?5 WHERE id = ?1
            """;

    private static final String REPORTS = """
            SELECT id, action_id, channel, recipient, report_about, report_at FROM notifier.card
            WHERE report_about IS NOT NULL ORDER BY report_at LIMIT ?1
            """;

    private static final String REPORTED =
            "UPDATE notifier.card SET report_about = NULL WHERE id = ?1 AND report_about = ?2";

    private final Transactions transactions;
    private final InstantSource clock;

    PostgresCards(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * A card that shows less than there is to show, for this process alone until its lease ends.
     *
     * @param attempts how many tries to rewrite it have failed in a row
     * @param face what it looks like, see {@link Card#face}
     */
    public record Stale(
            CardId id,
            Recipient recipient,
            String message,
            Approval approval,
            long version,
            int attempts,
            @Nullable String face) {}

    /** A rewrite that is to be put on record. */
    public record Report(CardId id, Envelope<CardUpdated> event) {}

    @Override
    public CompletionStage<Standing> begin(ActionId action, Recipient recipient) {
        CardId id = CardId.of(action, recipient);
        return transactions
                .run(session -> PostgresNotices.lock(session, action)
                        .chain(() -> session.createNativeQuery(THERE, Object[].class)
                                .setParameter(1, id.value())
                                .getSingleResultOrNull())
                        .call(() -> session.createNativeQuery(BEGIN)
                                .setParameter(1, id.value())
                                .setParameter(2, action.value())
                                .setParameter(3, recipient.channel())
                                .setParameter(4, recipient.name())
                                .setParameter(5, clock.instant())
                                .executeUpdate())
                        .chain(there -> PostgresNotices.known(session, action)
                                .map(known -> new Standing(
                                        id,
                                        known.approval(),
                                        known.version(),
                                        there == null ? null : (String) there[0],
                                        there != null && (Boolean) there[1]))))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<String>> message(CardId id) {
        return transactions
                .run(session -> session.createNativeQuery(THERE, Object[].class)
                        .setParameter(1, id.value())
                        .getResultList()
                        .map(rows -> rows.stream()
                                .map(row -> (String) row[0])
                                .filter(Objects::nonNull)
                                .findFirst()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<List<Recipient>> places(ActionId action, String channel) {
        return transactions
                .run(session -> session.createNativeQuery(PLACES, String.class)
                        .setParameter(1, action.value())
                        .setParameter(2, channel)
                        .getResultList())
                .map(names ->
                        names.stream().map(name -> new Recipient(channel, name)).toList())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> isCard(String message) {
        return transactions
                .run(session -> session.createNativeQuery(IS_CARD, Long.class)
                        .setParameter(1, message)
                        .getSingleResult())
                .map(cards -> cards > 0)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> notPosted(CardId id) {
        return transactions
                .run(session -> session.createNativeQuery(NOT_POSTED)
                        .setParameter(1, id.value())
                        .executeUpdate()
                        .replaceWithVoid())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> posted(CardId id, String message, long version, String face) {
        return transactions
                .run(session -> session.createNativeQuery(POSTED)
                        .setParameter(1, id.value())
                        .setParameter(2, message)
                        .setParameter(3, version)
                        .setParameter(4, face)
                        .executeUpdate()
                        .replaceWithVoid())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Approval> approval(ActionId action) {
        return transactions
                .run(session -> PostgresNotices.known(session, action))
                .map(PostgresNotices.Known::approval)
                .subscribeAsCompletionStage();
    }

    /** At most this many cards that are to be rewritten now, the one that has waited longest first. */
    public Uni<List<Stale>> stale(int most, Instant now, Duration lease) {
        return transactions.run(session -> session.createNativeQuery(STALE, Object[].class)
                .setParameter(1, now)
                .setParameter(2, most)
                .getResultList()
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(row -> claim(session, row, now.plus(lease)))
                        .collect()
                        .asList()));
    }

    private static Uni<Stale> claim(Mutiny.Session session, Object[] row, Instant until) {
        CardId id = new CardId((String) row[0]);
        return session.createNativeQuery(CLAIM)
                .setParameter(1, id.value())
                .setParameter(2, until)
                .executeUpdate()
                .chain(() -> PostgresNotices.known(session, new ActionId((String) row[1])))
                .map(known -> new Stale(
                        id,
                        new Recipient((String) row[2], (String) row[3]),
                        (String) row[4],
                        known.approval(),
                        known.version(),
                        ((Number) row[5]).intValue(),
                        (String) row[6]));
    }

    /** What a try to rewrite the card came to. One that will never succeed is not tried again; the others are, until they do. */
    public Uni<Void> record(Stale card, String face, Attempt attempt, Backoff backoff, double jitter, Instant now) {
        return switch (attempt) {
            case Attempt.Accepted() -> rewritten(card, face, now);
            case Attempt.Troubled(String problem, @Nullable Duration retryAfter) -> {
                Duration wait = backoff.after(card.attempts() + 1, jitter);
                yield later(
                        card,
                        card.attempts() + 1,
                        now.plus(retryAfter != null && retryAfter.compareTo(wait) > 0 ? retryAfter : wait),
                        problem,
                        false);
            }
            case Attempt.Postponed(String problem, Duration pause, boolean all) ->
                later(card, card.attempts(), now.plus(pause), problem, false);
            case Attempt.Refused(String problem) -> lost(card, problem, now);
            case Attempt.Forbidden(String problem) -> lost(card, problem, now);
        };
    }

    /** What there is to show looks like what it shows. */
    public Uni<Void> looksTheSame(Stale card) {
        return transactions.run(session -> session.createNativeQuery(LOOKS_THE_SAME)
                .setParameter(1, card.id().value())
                .setParameter(2, card.version())
                .executeUpdate()
                .replaceWithVoid());
    }

    private Uni<Void> rewritten(Stale card, String face, Instant now) {
        return transactions.run(session -> session.createNativeQuery(REWRITTEN)
                .setParameter(1, card.id().value())
                .setParameter(2, card.version())
                .setParameter(3, card.approval().last().value())
                .setParameter(4, now)
                .setParameter(5, face)
                .executeUpdate()
                .replaceWithVoid());
    }

    private Uni<Void> lost(Stale card, String problem, Instant now) {
        LOG.warnf(
                "The card %s for %s in %s can no longer be rewritten: %s",
                card.id(), card.recipient().name(), card.recipient().channel(), problem);
        return later(card, card.attempts() + 1, now, problem, true);
    }

    private Uni<Void> later(Stale card, int attempts, Instant dueAt, String problem, boolean closed) {
        return transactions.run(session -> session.createNativeQuery(LATER)
                .setParameter(1, card.id().value())
                .setParameter(2, attempts)
                .setParameter(3, dueAt)
                .setParameter(4, problem)
                .setParameter(5, closed)
                .executeUpdate()
                .replaceWithVoid());
    }

    /** At most this many rewrites that are not on record yet. One that comes again is the same event. */
    public Uni<List<Report>> reports(int most) {
        return transactions.run(session -> session.createNativeQuery(REPORTS, Object[].class)
                .setParameter(1, most)
                .getResultList()
                .map(rows -> rows.stream().map(PostgresCards::report).toList()));
    }

    private static Report report(Object[] row) {
        CardId id = new CardId((String) row[0]);
        EventId about = new EventId((String) row[4]);
        Instant at = ((OffsetDateTime) Objects.requireNonNull(row[5])).toInstant();
        var updated = new CardUpdated(new ActionId((String) row[1]), about, (String) row[2], (String) row[3], at);
        return new Report(
                id,
                new Envelope<>(
                        EventId.derive(EventType.CARD_UPDATED.wireName(), id.value(), about.value()),
                        ServiceName.NOTIFIER,
                        at,
                        null,
                        updated));
    }

    /** This rewrite is on record. */
    public Uni<Void> reported(Report report) {
        return transactions.run(session -> session.createNativeQuery(REPORTED)
                .setParameter(1, report.id().value())
                .setParameter(2, report.event().data().about().value())
                .executeUpdate()
                .replaceWithVoid());
    }
}
