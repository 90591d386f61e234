package io.obstat.intake.reactive;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Publishes what a crash, or Kafka's absence, left between the commit and the acknowledgement. Safe with several instances. */
@ApplicationScoped
public class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    /** Younger rows are most likely in the hands of a request that is being answered. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final int BATCH = 50;

    private final Actions actions;
    private final Acceptance acceptance;

    public Sweeper(Actions actions, Acceptance acceptance) {
        this.actions = actions;
        this.acceptance = acceptance;
    }

    @Scheduled(
            identity = "sweep",
            every = "${obstat.intake.sweep-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> onSchedule() {
        return sweep().onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("Unpublished requests stay for the next sweep: %s", failure.getMessage());
                    return 0;
                })
                .replaceWithVoid();
    }

    /** One sweep. Gives how many actions were published. */
    public Uni<Integer> sweep() {
        return actions.sweep(
                        acceptance.now().minus(GRACE),
                        BATCH,
                        action -> acceptance.send(action).replaceWith(() -> action.published(action, acceptance.now())))
                .invoke(count -> {
                    if (count > 0) {
                        LOG.infof("Published %d actions that were kept and not yet published", count);
                    }
                });
    }
}
