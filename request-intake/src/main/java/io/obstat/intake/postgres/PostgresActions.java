package io.obstat.intake.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.intake.StoredAction;
import io.obstat.intake.quarkus.IntakeConfig;
import io.obstat.intake.reactive.Actions;
import io.obstat.intake.reactive.UnavailableException;
import io.obstat.intake.reactive.UnavailableException.Part;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.hibernate.reactive.mutiny.Mutiny.SessionFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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

    private static final String UNPUBLISHED = """
            select * from intake.actions where unpublished_since < ?1
            order by unpublished_since limit ?2 for update skip locked""";

    private final SessionFactory sessions;
    private final Duration patience;

    PostgresActions(SessionFactory sessions, IntakeConfig config) {
        this.sessions = sessions;
        this.patience = config.patience();
    }

    /** Another instance, or another request, inserted the same action a moment ago. */
    private static final class LostRaceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostRaceException(ActionId id) {
            super("%s was inserted meanwhile".formatted(id), null, false, false);
        }
    }

    @Override
    public Uni<Optional<StoredAction>> find(ActionId id) {
        return available(sessions.withSession(session -> session.find(ActionRow.class, id.value()))
                .map(row -> Optional.ofNullable(row).map(ActionRow::state)));
    }

    @Override
    public <R> Uni<R> update(ActionId id, Decider<R> decider) {
        Uni<R> transaction = sessions.withTransaction(
                session -> session.find(ActionRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE)
                        .chain(row -> decided(session, id, row, decider)));
        // The row that won is there at the second look; the transaction that lost has nothing to keep.
        return available(transaction.onFailure(LostRaceException.class).retry().atMost(3));
    }

    @Override
    public Uni<Swept> sweep(Instant before, int most, Function<StoredAction, Uni<StoredAction>> publish) {
        // The rows stay locked while they are published, so that no two instances publish the same ones.
        return sessions.withTransaction(session -> session.createNativeQuery(UNPUBLISHED, ActionRow.class)
                        .setParameter(1, before)
                        .setParameter(2, most)
                        .getResultList()
                        .chain(rows -> published(rows, publish)))
                .onFailure(failure -> !(failure instanceof UnavailableException))
                .transform(failure -> new UnavailableException(Part.POSTGRES, failure));
    }

    private static <R> Uni<R> decided(Session session, ActionId id, @Nullable ActionRow row, Decider<R> decider) {
        Change<R> change = decider.decide(row == null ? null : row.state());
        if (change.save() == null) {
            return Uni.createFrom().item(change.result());
        }
        if (row != null) {
            row.become(change.save());
            return Uni.createFrom().item(change.result());
        }
        return insert(session, ActionRow.of(change.save()))
                .invoke(inserted -> {
                    if (inserted == 0) {
                        throw new LostRaceException(id);
                    }
                })
                .replaceWith(change.result());
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

    private static Uni<Swept> published(List<ActionRow> rows, Function<StoredAction, Uni<StoredAction>> publish) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(new Swept(0, 0));
        }
        // Side by side, none of them touching the session; what was published is noted, even when others were not.
        List<Uni<Optional<StoredAction>>> sent =
                rows.stream().map(row -> published(row, publish)).toList();
        return Uni.join().all(sent).andFailFast().map(results -> {
            for (int i = 0; i < rows.size(); i++) {
                results.get(i).ifPresent(rows.get(i)::become);
            }
            return new Swept(rows.size(), (int)
                    results.stream().filter(Optional::isPresent).count());
        });
    }

    private static Uni<Optional<StoredAction>> published(
            ActionRow row, Function<StoredAction, Uni<StoredAction>> publish) {
        return Uni.createFrom()
                .deferred(() -> publish.apply(row.state()))
                .map(Optional::of)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("%s stays unpublished: %s", row.actionId, failure.getMessage());
                    return Optional.empty();
                });
    }

    private <T> Uni<T> available(Uni<T> query) {
        return query.ifNoItem()
                .after(patience)
                .fail()
                .onFailure(PostgresActions::isTrouble)
                .transform(failure -> new UnavailableException(Part.POSTGRES, failure));
    }

    /** A decision that refuses its input throws that; everything else that goes wrong here is the database's. */
    private static boolean isTrouble(Throwable failure) {
        return !(failure instanceof IllegalArgumentException);
    }
}
