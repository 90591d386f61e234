package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.ReviewId;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Course.Question;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Agents that wait for a decision, or for a question to them. A wait is an entry in a map and costs no thread. It ends with the commit of the news
 * on this instance, or with a look at the rows once a second, which finds what other instances have committed.
 */
@ApplicationScoped
public class DecisionWaits implements Changes {

    private static final Logger LOG = Logger.getLogger(DecisionWaits.class);

    /** Commits become visible in another order than that of their times; looking back a little finds the late ones. */
    private static final Duration OVERLAP = Duration.ofSeconds(3);

    private final Approvals approvals;
    private final Clock clock;
    private final Map<ActionId, Set<Wait>> waits = new ConcurrentHashMap<>();

    public DecisionWaits(Approvals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
    }

    /** @param seen the latest question that the agent knows of; absent when it knows of none */
    private record Wait(
            UniEmitter<? super Boolean> emitter, @Nullable ReviewId seen) {

        void check(ApprovalView view) {
            if (isNews(view, seen)) {
                emitter.complete(true);
            }
        }
    }

    /**
     * The action as it stands when it is decided, when there is a question that the agent has neither answered nor seen, or when the time is up;
     * empty when there still is no verdict on it.
     *
     * @param seen the latest question that the agent knows of; absent when it knows of none
     */
    public Uni<Optional<ApprovalView>> news(ActionId id, @Nullable ReviewId seen, Duration atMost) {
        return approvals
                .find(id)
                .chain(first -> atMost.isZero()
                                || first.filter(view -> isNews(view, seen)).isPresent()
                        ? Uni.createFrom().item(first)
                        : signal(id, seen, atMost).chain(() -> approvals.find(id)));
    }

    @Override
    public void changed(ActionId id, ApprovalState state) {
        Set<Wait> here = waits.get(id);
        if (here != null) {
            ApprovalView.of(state).ifPresent(view -> here.forEach(wait -> wait.check(view)));
        }
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        if (waits.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant since = clock.instant().minus(OVERLAP);
        return approvals
                .newsAmong(List.copyOf(waits.keySet()), since)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::check)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Waits go on unchecked: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> check(ActionId id) {
        return approvals
                .find(id)
                .invoke(found ->
                        found.ifPresent(view -> waits.getOrDefault(id, Set.of()).forEach(wait -> wait.check(view))))
                .replaceWithVoid();
    }

    private Uni<Boolean> signal(ActionId id, @Nullable ReviewId seen, Duration atMost) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    var wait = new Wait(emitter, seen);
                    waits.compute(id, (key, others) -> {
                        Set<Wait> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                        all.add(wait);
                        return all;
                    });
                    emitter.onTermination(() -> forget(id, wait));
                    // What came between the first look and now has woken nobody; look again.
                    check(id).subscribe().with(done -> {}, failure -> {});
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(false);
    }

    private void forget(ActionId id, Wait wait) {
        waits.computeIfPresent(id, (key, all) -> {
            all.remove(wait);
            return all.isEmpty() ? null : all;
        });
    }

    /** Of a question that nobody asked, every other is later. */
    private static boolean isNews(ApprovalView view, @Nullable ReviewId seen) {
        List<Question> questions = view.course().questions();
        int known = questions.stream().map(Question::id).toList().indexOf(seen);
        return !view.pending() || questions.stream().skip(known + 1L).anyMatch(question -> question.answer() == null);
    }
}
