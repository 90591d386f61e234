package io.obstat.decision.postgres;

import io.obstat.contracts.AgentId;
import io.obstat.decision.directory.Suspensions;
import io.obstat.decision.postgres.DirectoryChanges.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** {@link Suspensions} in {@code decision.suspensions}. */
@ApplicationScoped
class PostgresSuspensions implements Suspensions {

    private static final String SUSPEND = """
            insert into decision.suspensions (agent_id, reason, suspended_by, suspended_at) values (?1, ?2, ?3, ?4)
            on conflict (agent_id) do nothing""";
    private static final String SELECT =
            "select reason, suspended_by, suspended_at from decision.suspensions where agent_id = ?1";
    private static final String LIFT = "delete from decision.suspensions where agent_id = ?1";

    private final DirectoryChanges changes;

    PostgresSuspensions(DirectoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public Uni<Suspension> suspend(Suspension suspension) {
        String agent = suspension.agent().value();
        return changes.change(session -> DirectoryChanges.run(
                        session, SUSPEND, agent, suspension.reason(), suspension.by(), suspension.at())
                .chain(stored -> session.createNativeQuery(SELECT, Object[].class)
                        .setParameter(1, agent)
                        .getSingleResult()
                        .map(row ->
                                new Suspension(suspension.agent(), (String) row[0], (String) row[1], Times.of(row[2])))
                        .map(holds -> new Done<>(holds, stored > 0))));
    }

    @Override
    public Uni<Boolean> lift(AgentId agent) {
        return changes.change(session ->
                DirectoryChanges.run(session, LIFT, agent.value()).map(lifted -> new Done<>(lifted > 0, lifted > 0)));
    }
}
