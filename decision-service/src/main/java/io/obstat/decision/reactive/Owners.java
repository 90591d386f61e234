package io.obstat.decision.reactive;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.decision.Roster;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
     * An agent that somebody owns.
     *
     * @param roster who is who at this moment
     * @param registered whom its registration names; absent when it has asked for nothing yet
     */
    public record Owned(
            AgentId agent, Roster roster, @Nullable Person registered) {

        /** Every key of those who own it, in lower case: by these people may <i>not</i> do something. */
        public Set<String> keys() {
            var keys = new TreeSet<>(roster.ownerKeys(agent));
            if (registered != null) {
                keys.addAll(roster.keys(registered));
            }
            return keys;
        }

        /** Whether this reviewer may act as an owner. An address gives nobody a right, neither theirs nor the registration's. */
        public boolean isOwner(Reviewer reviewer) {
            return roster.isOwner(reviewer, agent)
                    || registered != null
                            && roster.proofs(reviewer)
                                    .contains(registered.subject().toLowerCase(Locale.ROOT));
        }
    }

    /** Fails with {@link UnavailableException} when the database is away: whose it is is then unknown, which is not the same as nobody's. */
    public Uni<Owned> of(AgentId agent) {
        return rosters.current()
                .chain(roster -> approvals
                        .latestOf(agent)
                        .map(latest -> new Owned(
                                agent,
                                roster,
                                latest.map(view -> view.request().verified().owner())
                                        .orElse(null))));
    }
}
