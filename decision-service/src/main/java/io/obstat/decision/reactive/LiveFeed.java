package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.reactive.News.Changed;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@link ApprovalFeed} from the commits of this instance, and from a look at the rows once a second while anybody listens. */
@ApplicationScoped
public class LiveFeed implements ApprovalFeed, Changes {

    private static final Logger LOG = Logger.getLogger(LiveFeed.class);
    private static final int MOST_AT_ONCE = 256;

    /** Shorter than the idle timeouts of common proxies. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** Commits become visible in another order than that of their times; looking back a little finds the late ones. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private final Approvals approvals;
    private final Clock clock;
    private final BroadcastProcessor<News> broadcast = BroadcastProcessor.create();
    private final AtomicInteger listeners = new AtomicInteger();

    /** Everything that had changed by then and could be seen has been told, or nobody listened. */
    private volatile Instant lookedUntil;

    public LiveFeed(Approvals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
        this.lookedUntil = clock.instant();
    }

    @Override
    public Multi<News> news(@Nullable Instant since) {
        Multi<News> hello = Multi.createFrom().item(new News.Listening());
        // One overlap for what becomes visible late, and one because a change may be told before another that is older.
        Multi<News> before =
                since == null ? Multi.createFrom().empty() : changedSince(since.minus(OVERLAP.multipliedBy(2)));
        Multi<News> heartbeats = Multi.createFrom()
                .ticks()
                .startingAfter(HEARTBEAT)
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .map(tick -> new News.Heartbeat());
        // What changes while the rows are looked at waits behind them: a listener's last event is one up to which it
        // has all.
        Multi<News> changes = Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom().item(Multi.createBy().concatenating().streams(hello, before)), changes())
                .onItem()
                .transformToMultiAndConcatenate(news -> news);
        return Multi.createBy().merging().streams(changes, heartbeats);
    }

    @Override
    public void changed(ActionId id, ApprovalState state) {
        if (state.asked() && listeners.get() > 0) {
            ApprovalView.of(state)
                    .map(view -> new Changed(id, view.state(), pointInTime()))
                    .ifPresent(this::emit);
        }
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        Instant now = clock.instant();
        if (listeners.get() == 0) {
            lookedUntil = now;
            return Uni.createFrom().voidItem();
        }
        return approvals
                .changedSince(lookedUntil.minus(OVERLAP), MOST_AT_ONCE + 1)
                .invoke(changes -> {
                    emitAll(changes);
                    lookedUntil = now;
                })
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("The feed shows this instance only: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Now, or less while looks fail: whoever comes back with it is told also what no look has found. */
    private Instant pointInTime() {
        Instant now = clock.instant();
        Instant latest = lookedUntil.plus(OVERLAP);
        return now.isBefore(latest) ? now : latest;
    }

    /** What a listener has not taken is kept up to a bound, and of what comes after that the latest only. */
    private Multi<Multi<News>> changes() {
        var missed = new AtomicBoolean();
        return broadcast
                .onSubscription()
                .invoke(listeners::incrementAndGet)
                .onTermination()
                .invoke(listeners::decrementAndGet)
                .onOverflow()
                .invoke(lost -> missed.set(true))
                .dropPreviousItems()
                .map(change -> missed.getAndSet(false)
                        ? Multi.createFrom().items(new News.Missed(), change)
                        : Multi.createFrom().item(change));
    }

    private Multi<News> changedSince(Instant since) {
        return approvals
                .changedSince(since, MOST_AT_ONCE + 1)
                .onItem()
                .transformToMulti(changes -> changes.size() > MOST_AT_ONCE
                        ? Multi.createFrom().<News>item(new News.Missed())
                        : Multi.createFrom().<News>iterable(List.<News>copyOf(changes.reversed())))
                .onFailure()
                .recoverWithItem(new News.Missed());
    }

    /** @param changes one more than can be told when there are more, the latest first */
    private void emitAll(List<Changed> changes) {
        if (changes.size() > MOST_AT_ONCE) {
            emit(new News.Missed());
        }
        changes.subList(0, Math.min(changes.size(), MOST_AT_ONCE)).reversed().forEach(this::emit);
    }

    private synchronized void emit(News news) {
        broadcast.onNext(news);
    }
}
