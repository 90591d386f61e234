package io.obstat.decision.reactive;

import io.obstat.contracts.AgentId;
import io.obstat.decision.Roster;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;

/** Who answers for an agent, now: whom the directory names, and whom its registration names, as its latest request tells it. */
@ApplicationScoped
public class Owners {

    private final Rosters rosters;
    private final Approvals approvals;

    public Owners(Rosters rosters, Approvals approvals) {
        this.rosters = rosters;
        this.approvals = approvals;
    }

    /**
     * The owners of an agent.
     *
     * @param roster who is who at this moment
     * @param keys every key of those who own it, in lower case
     */
    public record Owned(Roster roster, Set<String> keys) {

        public Owned {
            keys = Set.copyOf(keys);
        }
    }

    /** Fails with {@link UnavailableException} when the database is away: whose it is is then unknown, which is not the same as nobody's. */
    public Uni<Owned> of(AgentId agent) {
        return rosters.current()
                .chain(roster -> approvals.latestOf(agent).map(latest -> {
                    var keys = new TreeSet<>(roster.ownerKeys(agent));
                    latest.ifPresent(view ->
                            keys.addAll(roster.keys(view.request().verified().owner())));
                    return new Owned(roster, keys);
                }));
    }
}
