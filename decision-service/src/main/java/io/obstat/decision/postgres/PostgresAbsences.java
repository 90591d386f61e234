package io.obstat.decision.postgres;

import io.obstat.decision.Roster.Delegation;
import io.obstat.decision.directory.Absences;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.RefusedException.Reason;
import io.obstat.decision.postgres.DirectoryChanges.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jspecify.annotations.Nullable;

/** {@link Absences} in {@code decision.delegations}. */
@ApplicationScoped
class PostgresAbsences implements Absences {

    private static final String SELECT = """
            select (select value from decision.identities where member_id = to_id and not former and channel in ('OIDC', 'EMAIL')
                    order by channel desc, value limit 1),
                since, until, reason
            from decision.delegations where from_id = ?1""";

    private static final String HOLDS = """
            select count(*) from decision.delegations
            where from_id = ?1 and to_id = ?2 and since = ?3 and until = ?4 and coalesce(reason, '') = ?5""";

    private static final String BEGIN = """
            insert into decision.delegations (from_id, to_id, since, until, reason, created_at)
            select cast(?1 as text), cast(?2 as text), cast(?3 as timestamptz), cast(?4 as timestamptz), nullif(?5, ''), cast(?6 as timestamptz)
            where 2 = (select count(*) from decision.members where id in (?1, ?2) and active)
            on conflict (from_id) do update set to_id = excluded.to_id, since = excluded.since, until = excluded.until,
                reason = excluded.reason, created_at = excluded.created_at""";

    private static final String END = "delete from decision.delegations where from_id = ?1";

    private final Transactions transactions;
    private final DirectoryChanges changes;
    private final Clock clock;

    PostgresAbsences(Transactions transactions, DirectoryChanges changes, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Absence>> of(String member) {
        return transactions.runOne(session -> of(session, member));
    }

    @Override
    public Uni<Absence> begin(Delegation delegation, @Nullable String reason) {
        String why = reason == null ? "" : reason;
        return changes.change(session -> session.createNativeQuery(HOLDS, Long.class)
                .setParameter(1, delegation.from())
                .setParameter(2, delegation.to())
                .setParameter(3, delegation.since())
                .setParameter(4, delegation.until())
                .setParameter(5, why)
                .getSingleResult()
                .map(found -> found > 0)
                .call(holds -> holds ? Uni.createFrom().voidItem() : store(session, delegation, why))
                .chain(holds -> of(session, delegation.from())
                        .map(Optional::orElseThrow)
                        .map(absence -> new Done<>(absence, !holds))));
    }

    private Uni<Integer> store(Session session, Delegation delegation, String reason) {
        return DirectoryChanges.run(
                        session,
                        BEGIN,
                        delegation.from(),
                        delegation.to(),
                        delegation.since(),
                        delegation.until(),
                        reason,
                        clock.instant())
                .invoke(stored -> {
                    if (stored == 0) {
                        throw new RefusedException(
                                Reason.UNKNOWN,
                                "to",
                                "has left the directory, or you have, a moment ago; name another person");
                    }
                });
    }

    @Override
    public Uni<Void> end(String member) {
        return changes.change(session ->
                        DirectoryChanges.run(session, END, member).map(ended -> new Done<>(ended, ended > 0)))
                .replaceWithVoid();
    }

    private static Uni<Optional<Absence>> of(Session session, String member) {
        return session.createNativeQuery(SELECT, Object[].class)
                .setParameter(1, member)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row)
                        .map(found -> new Absence(
                                String.valueOf(found[0]), Times.of(found[1]), Times.of(found[2]), (String) found[3])));
    }
}
