package io.obstat.decision.directory;

import io.obstat.contracts.AgentId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Agents whose grants are worth nothing for now. Fails with {@link io.obstat.decision.reactive.UnavailableException} when the database is away. */
public interface Suspensions {

    /**
     * An agent is suspended.
     *
     * @param reason why, for people
     * @param by the subject of who did it
     */
    record Suspension(AgentId agent, String reason, String by, Instant at) {}

    /** @return the suspension that holds: the first one, until it is lifted */
    Uni<Suspension> suspend(Suspension suspension);

    /** @return whether it was suspended */
    Uni<Boolean> lift(AgentId agent);
}
