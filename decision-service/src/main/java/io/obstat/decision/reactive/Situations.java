package io.obstat.decision.reactive;

import io.obstat.decision.Circumstances;
import io.obstat.decision.Circumstances.Load;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/** The circumstances at this moment, as the core wants them. */
@ApplicationScoped
public class Situations {

    private static final Logger LOG = Logger.getLogger(Situations.class);

    private final Rosters rosters;
    private final Policies policies;
    private final Clock clock;
    private volatile Circumstances seen;

    public Situations(Rosters rosters, Policies policies, Clock clock) {
        this.rosters = rosters;
        this.policies = policies;
        this.clock = clock;
        this.seen = Circumstances.at(clock.instant());
    }

    /**
     * Those that every change committed before this call has made, on whatever instance. Fails with {@link UnavailableException}: who is who is
     * then unknown, and nothing is decided.
     */
    public Uni<Circumstances> current() {
        return rosters.current()
                .chain(roster -> policies.inForce()
                        .map(policy -> new Circumstances(clock.instant(), roster, policy.orElse(null), Load.NONE)))
                .invoke(at -> seen = at);
    }

    /** Those last seen on this instance, at most about a second ago: for showing, not for deciding. */
    public Circumstances latest() {
        return seen.with(clock.instant(), Load.NONE);
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return current()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("What is shown may be old: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
