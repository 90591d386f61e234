package io.obstat.intake.reactive;

import io.obstat.intake.StoredAction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        return sweep(acceptance.now())
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("Unpublished requests stay for the next sweep: %s", failure.getMessage());
                    return 0;
                })
                .replaceWithVoid();
    }

    /** Sweeps until nothing is left, or Kafka does not answer. Gives how many actions were published. */
    public Uni<Integer> sweep(Instant now) {
        return actions.take(now.minus(GRACE), now, BATCH)
                .chain(taken -> published(taken.actions(), now)
                        .chain(published -> published == taken.actions().size() && taken.found() == BATCH
                                ? sweep(now).map(more -> more + published)
                                : Uni.createFrom().item(published)));
    }

    private Uni<Integer> published(List<StoredAction> taken, Instant now) {
        if (taken.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        List<Uni<Optional<StoredAction>>> sent = taken.stream().map(this::sent).toList();
        return Uni.join().all(sent).andFailFast().chain(results -> {
            List<StoredAction> published =
                    results.stream().flatMap(Optional::stream).toList();
            if (published.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            LOG.infof("Published %d actions that were kept and not yet published", published.size());
            return actions.published(published, now).replaceWith(published.size());
        });
    }

    private Uni<Optional<StoredAction>> sent(StoredAction action) {
        return acceptance
                .send(action)
                .replaceWith(Optional.of(action))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("%s stays unpublished: %s", action.id(), failure.getMessage());
                    return Optional.empty();
                });
    }
}
