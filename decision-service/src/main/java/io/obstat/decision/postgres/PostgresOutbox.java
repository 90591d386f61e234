package io.obstat.decision.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Outbox;
import io.obstat.decision.reactive.OutgoingFact;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/** {@link Outbox} in {@code decision.outbox}. An action's oldest fact holds the lease for all of them. */
@ApplicationScoped
class PostgresOutbox implements Outbox {

    // Two instances that sweep at once take different actions, because the second one skips the rows that the first has
    // locked.
    private static final String TAKE_OVER = """
            update decision.outbox set lease_until = ?1 where ordinal in (
                select head.ordinal from decision.outbox head
                where head.lease_until <= ?2 and not exists (
                    select 1 from decision.outbox earlier
                    where earlier.action_id = head.action_id and earlier.ordinal < head.ordinal)
                order by head.ordinal limit ?3 for update skip locked)
            returning action_id""";

    private static final String OF_ACTIONS = "from OutboxRow where actionId in ?1 order by ordinal";

    // One statement that commits by itself and, for once, does not wait for the disk: a deletion that a crash undoes is
    // a fact that is
    // sent again under the same id. The list is named again in place of what "gone" returns, because the second half
    // still sees what the
    // first deletes, and what another publisher deletes at the same time is in neither.
    private static final String FORGET = """
            with gone as (
                delete from decision.outbox where ordinal in (:published)
                and (select set_config('synchronous_commit', 'off', true)) = 'off')
            select * from decision.outbox where action_id = :action and ordinal not in (:published) order by ordinal""";

    private final Transactions transactions;
    private final Clock clock;
    private final Duration lease;

    PostgresOutbox(Transactions transactions, Clock clock, DecisionConfig config) {
        this.transactions = transactions;
        this.clock = clock;
        this.lease = config.outbox().lease();
    }

    @Override
    public Uni<List<OutgoingFact>> published(ActionId action, List<OutgoingFact> facts) {
        List<Long> ordinals = facts.stream().map(OutgoingFact::ordinal).toList();
        return transactions.runOne(session -> session.createNativeQuery(FORGET, OutboxRow.class)
                .setParameter("published", ordinals)
                .setParameter("action", action.value())
                .getResultList()
                .map(PostgresOutbox::outgoing));
    }

    @Override
    public Uni<List<OutgoingFact>> takeOver(int most) {
        Instant now = clock.instant();
        return transactions.run(session -> session.createNativeQuery(TAKE_OVER, String.class)
                .setParameter(1, now.plus(lease))
                .setParameter(2, now)
                .setParameter(3, most)
                .getResultList()
                .chain(actions -> ofActions(session, actions)));
    }

    private static Uni<List<OutgoingFact>> ofActions(Session session, List<String> actions) {
        return actions.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createSelectionQuery(OF_ACTIONS, OutboxRow.class)
                        .setParameter(1, actions)
                        .getResultList()
                        .map(PostgresOutbox::outgoing);
    }

    private static List<OutgoingFact> outgoing(List<OutboxRow> rows) {
        return rows.stream().map(OutboxRow::outgoing).toList();
    }
}
