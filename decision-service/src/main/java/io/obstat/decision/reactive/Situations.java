package io.obstat.decision.reactive;

import io.obstat.decision.Circumstances;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Roster;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** The circumstances at this moment, as the core wants them. */
@ApplicationScoped
public class Situations {

    private final Policies policies;
    private final Clock clock;

    public Situations(Policies policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** Those that every change committed before this call has made. Fails with {@link UnavailableException}. */
    public Uni<Circumstances> current() {
        return policies.inForce()
                .map(policy -> new Circumstances(clock.instant(), Roster.empty(), policy.orElse(null), Load.NONE));
    }

    /** Those last seen on this instance: for showing, not for deciding. */
    public Circumstances latest() {
        return Circumstances.at(clock.instant());
    }
}
