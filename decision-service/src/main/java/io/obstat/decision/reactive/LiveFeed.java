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
import java.util.Set;
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

    /**
     * A commit takes as long as a transaction may, and the clocks of the instances differ: what has changed becomes visible so much later at most. What
     * a look back finds again is not told again.
     */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** When more than this has changed within the overlap, listeners are told so with each look. */
    private static final int MOST_KNOWN = 10_000;

    private final Approvals approvals;
    private final Clock clock;
    private final BroadcastProcessor<News> broadcast = BroadcastProcessor.create();
    private final AtomicInteger listeners = new AtomicInteger();

    /** Everything that had changed by then and could be seen has been told, or nobody listened. */
    private volatile Instant lookedUntil;

    /** What the last look found. */
    private volatile Set<Changed> known = Set.of();

    public LiveFeed(Approvals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
        this.lookedUntil = clock.instant();
    }

    @Override
    public Multi<News> news(@Nullable Instant since) {
        Multi<News> hello = Multi.createFrom().item(new News.Listening());
        // One overlap for what becomes visible late, and one because a change may be told before another that is older.
        Multi<News> before = since == null
                ? Multi.createFrom().empty()
                : changedSince(noLater(since).minus(OVERLAP.multipliedBy(2)));
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
            known = Set.of();
            return Uni.createFrom().voidItem();
        }
        return approvals
                .changedSince(lookedUntil.minus(OVERLAP), MOST_KNOWN + 1)
                .invoke(changes -> {
                    emitUnknown(changes);
                    known = Set.copyOf(changes);
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
        return earlier(clock.instant(), lookedUntil.plus(OVERLAP));
    }

    /** Another instance's clock may be ahead; whoever came back with its time would not be told what changed before it. */
    private Instant noLater(Instant at) {
        return earlier(at, pointInTime());
    }

    private Changed noLater(Changed change) {
        return new Changed(change.actionId(), change.state(), noLater(change.at()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
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
                        : Multi.createFrom().iterable(changes.reversed()).<News>map(this::noLater))
                .onFailure()
                .recoverWithItem(new News.Missed());
    }

    /** @param changes the latest first */
    private void emitUnknown(List<Changed> changes) {
        List<Changed> unknown =
                changes.stream().filter(change -> !known.contains(change)).toList();
        if (unknown.size() > MOST_AT_ONCE || changes.size() > MOST_KNOWN) {
            emit(new News.Missed());
        }
        unknown.subList(0, Math.min(unknown.size(), MOST_AT_ONCE)).reversed().forEach(change -> emit(noLater(change)));
    }

    private synchronized void emit(News news) {
        broadcast.onNext(news);
    }
}
