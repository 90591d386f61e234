package io.obstat.intake.reactive;

import io.obstat.intake.StoredAction;
import io.obstat.intake.reactive.Actions.Swept;
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

    /** One while Kafka is away: whatever is swept is locked meanwhile, and its agent may be asking for it again. */
    private volatile int batch = BATCH;

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

    /** Sweeps until nothing is left, or Kafka does not answer. Gives how many actions were published. */
    public Uni<Integer> sweep() {
        int most = batch;
        return actions.sweep(acceptance.now().minus(GRACE), most, this::published)
                .chain(swept -> {
                    log(swept);
                    boolean done = swept.published() == swept.found();
                    batch = done ? BATCH : 1;
                    return done && swept.found() == most
                            ? sweep().map(more -> more + swept.published())
                            : Uni.createFrom().item(swept.published());
                });
    }

    private Uni<StoredAction> published(StoredAction action) {
        return acceptance.send(action).map(sent -> action.published(action, acceptance.now()));
    }

    private static void log(Swept swept) {
        if (swept.published() > 0) {
            LOG.infof("Published %d actions that were kept and not yet published", swept.published());
        }
    }
}
