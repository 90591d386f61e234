package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalState;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** {@link ApprovalFeed} from the commits of this instance, and from a look at the rows once a second while anybody listens. */
@ApplicationScoped
public class LiveFeed implements ApprovalFeed, Changes {

    private static final Logger LOG = Logger.getLogger(LiveFeed.class);
    private static final int BUFFERED = 256;

    /** Commits become visible in another order than that of their times; looking back a little finds the late ones. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private final Approvals approvals;
    private final Clock clock;
    private final BroadcastProcessor<ActionId> broadcast = BroadcastProcessor.create();
    private final AtomicInteger listeners = new AtomicInteger();

    public LiveFeed(Approvals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
    }

    @Override
    public Multi<ActionId> changes() {
        return broadcast
                .onSubscription()
                .invoke(listeners::incrementAndGet)
                .onTermination()
                .invoke(listeners::decrementAndGet)
                .onOverflow()
                .dropPreviousItems();
    }

    @Override
    public void changed(ActionId id, ApprovalState state) {
        if (state.asked()) {
            emit(id);
        }
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        if (listeners.get() == 0) {
            return Uni.createFrom().voidItem();
        }
        Instant since = clock.instant().minus(OVERLAP);
        return approvals
                .changedSince(since, BUFFERED)
                .invoke(ids -> ids.forEach(this::emit))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("The feed shows this instance only: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private synchronized void emit(ActionId id) {
        broadcast.onNext(id);
    }
}
