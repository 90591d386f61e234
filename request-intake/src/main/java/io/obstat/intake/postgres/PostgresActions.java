package io.obstat.intake.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import io.obstat.intake.StoredAction;
import io.obstat.intake.quarkus.IntakeConfig;
import io.obstat.intake.reactive.Actions;
import io.obstat.intake.reactive.EventLoop;
import io.obstat.intake.reactive.UnavailableException;
import io.obstat.intake.reactive.UnavailableException.Part;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.hibernate.reactive.mutiny.Mutiny.SessionFactory;
import org.jboss.logging.Logger;

/** {@link Actions} in the table {@code intake.actions}. */
@ApplicationScoped
class PostgresActions implements Actions {

    private static final Logger LOG = Logger.getLogger(PostgresActions.class);

    // The primary key is derived from agent and idempotency key, so that it also keeps those two apart.
    private static final String INSERT = """
            insert into intake.actions (action_id, agent, idempotency_key, digest, status, traceparent, requested_at, request,
                                        unpublished_since)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            on conflict (action_id) do nothing""";

    // INVARIANT: statements that change several rows lock them in the order of the action ids, so that no two deadlock.

    /** What was added since it was sent (a withdrawal) stays to be published. */
    private static final String PUBLISHED = """
            with sent as (
                select action_id from intake.actions where action_id = any (string_to_array(?1, ' '))
                order by action_id for update)
            update intake.actions stored set
                published_at = coalesce(published_at, ?2),
                withdrawal_published_at = case when ?3 then coalesce(withdrawal_published_at, ?2) else withdrawal_published_at end,
                unpublished_since = case when withdrawal is null or ?3 then null else unpublished_since end
            from sent where stored.action_id = sent.action_id""";

    /** The decisions by action id, in one JSON object. */
    private static final String DECIDED = """
            with noted as (
                select action_id, value from intake.actions, json_each_text(cast(cast(?1 as text) as json))
                where action_id = key and decision is null
                order by action_id for update of actions)
            update intake.actions stored set decision = noted.value, status = 'decided'
            from noted where stored.action_id = noted.action_id""";

    /** A lease without a lock: the taken ones go to the end of the queue, whatever becomes of them. */
    private static final String TAKE = """
            update intake.actions set unpublished_since = ?2 where action_id in (
                select action_id from intake.actions where unpublished_since < ?1
                order by unpublished_since limit ?3 for update skip locked)
            returning *""";

    private final SessionFactory sessions;
    private final Vertx vertx;
    private final Duration patience;

    PostgresActions(SessionFactory sessions, Vertx vertx, IntakeConfig config) {
        this.sessions = sessions;
        this.vertx = vertx;
        this.patience = config.patience();
    }

    @Override
    public Uni<Optional<StoredAction>> find(ActionId id) {
        return available(() -> sessions.withSession(session -> session.find(ActionRow.class, id.value()))
                .map(row -> Optional.ofNullable(row).map(ActionRow::state)));
    }

    @Override
    public <R> Uni<R> update(ActionId id, Decider<R> decider) {
        return available(() -> {
            // Most actions are new. One that is not is found by the insert that does nothing.
            Change<R> first = decider.decide(null);
            StoredAction save = first.save();
            return save == null
                    ? again(id, decider)
                    // A single statement is a transaction by itself, without a begin and a commit.
                    : sessions.withSession(session -> insert(session, ActionRow.of(save)))
                            .chain(inserted ->
                                    inserted == 1 ? Uni.createFrom().item(first.result()) : again(id, decider));
        });
    }

    private <R> Uni<R> again(ActionId id, Decider<R> decider) {
        return sessions.withTransaction(session -> session.find(
                        ActionRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE)
                .map(row -> {
                    Change<R> change = decider.decide(row == null ? null : row.state());
                    if (row != null && change.save() != null) {
                        row.become(change.save());
                    }
                    return change.result();
                }));
    }

    @Override
    public Uni<Void> published(Collection<StoredAction> sent, Instant at) {
        Map<Boolean, List<StoredAction>> withdrawn =
                sent.stream().collect(Collectors.partitioningBy(action -> action.withdrawn() != null));
        return published(withdrawn.getOrDefault(false, List.of()), at, false)
                .chain(() -> published(withdrawn.getOrDefault(true, List.of()), at, true));
    }

    private Uni<Void> published(List<StoredAction> sent, Instant at, boolean withWithdrawal) {
        if (sent.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String ids = sent.stream().map(action -> action.id().value()).collect(Collectors.joining(" "));
        return available(() -> sessions.withSession(session -> session.createNativeQuery(PUBLISHED)
                        .setParameter(1, ids)
                        .setParameter(2, at)
                        .setParameter(3, withWithdrawal)
                        .executeUpdate()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> decided(Collection<Decision> decisions) {
        var first = new HashMap<String, String>();
        decisions.forEach(decision -> first.putIfAbsent(decision.actionId().value(), ActionRow.json(decision)));
        return available(() -> sessions.withSession(session -> session.createNativeQuery(DECIDED)
                        .setParameter(1, ActionRow.json(first))
                        .executeUpdate()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Taken> take(Instant before, Instant now, int most) {
        return available(() -> sessions.withTransaction(session -> session.createNativeQuery(TAKE, ActionRow.class)
                .setParameter(1, before)
                .setParameter(2, now)
                .setParameter(3, most)
                .getResultList()
                .map(rows -> new Taken(
                        rows.stream()
                                .flatMap(row -> readable(row).stream())
                                .sorted(Comparator.comparing(
                                        action -> action.requested().requestedAt()))
                                .toList(),
                        rows.size()))));
    }

    private static Optional<StoredAction> readable(ActionRow row) {
        try {
            return Optional.of(row.state());
        } catch (ActionRow.UnreadableException e) {
            LOG.error("It stays unpublished", e);
            return Optional.empty();
        }
    }

    private static Uni<Integer> insert(Session session, ActionRow row) {
        return session.createNativeQuery(INSERT)
                .setParameter(1, row.actionId)
                .setParameter(2, row.agent)
                .setParameter(3, row.idempotencyKey)
                .setParameter(4, row.digest)
                .setParameter(5, row.status)
                .setParameter(6, row.traceparent)
                .setParameter(7, row.requestedAt)
                .setParameter(8, row.request)
                .setParameter(9, row.unpublishedSince)
                .executeUpdate();
    }

    /**
     * The work on a context of its own, where nobody cancels it: the caller stops waiting when its patience runs out or its client hangs up, and
     * the transaction runs to its end. On the caller's context the next call would come upon a session that is still in use.
     */
    private <T> Uni<T> available(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .<T>deferred(() -> {
                    Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
                    VertxContextSafetyToggle.setContextSafe(own, true);
                    return Uni.createFrom()
                            .<T>emitter(caller -> own.runOnContext(
                                    ignored -> begun(work).subscribe().with(caller::complete, caller::fail)))
                            .ifNoItem()
                            .after(patience)
                            .fail()
                            .emitOn(EventLoop.ofCaller());
                })
                .onFailure(PostgresActions::isTrouble)
                .transform(failure -> new UnavailableException(Part.POSTGRES, failure));
    }

    private static <T> Uni<T> begun(Supplier<Uni<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
    }

    /** A decision that refuses its input throws that, a row that cannot be read that; everything else that goes wrong here is the database's. */
    private static boolean isTrouble(Throwable failure) {
        return !(failure instanceof IllegalArgumentException) && !(failure instanceof ActionRow.UnreadableException);
    }
}
