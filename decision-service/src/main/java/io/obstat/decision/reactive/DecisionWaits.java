package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
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
import java.util.concurrent.atomic.AtomicInteger;
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

    /** More held answers than this would be held by agents that are not well; the rest is answered at once. */
    private static final int MOST = 10_000;

    /** So that no agent takes up the places of the others. */
    private static final int MOST_EACH = MOST / 20;

    private final Approvals approvals;
    private final Clock clock;
    private final Map<ActionId, Set<Wait>> waits = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<AgentId, Integer> counts = new ConcurrentHashMap<>();

    /** Whatever had changed by then and could be seen has ended the waits for it. */
    private volatile Instant lookedUntil;

    public DecisionWaits(Approvals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
        this.lookedUntil = clock.instant();
    }

    /** @param seen the latest question that the agent knows of; absent when it knows of none */
    private record Wait(
            UniEmitter<? super Boolean> emitter,
            AgentId agent,
            @Nullable ReviewId seen) {}

    /**
     * The action as it stands when it is decided, when there is a question that the agent has neither answered nor seen, or when the time is up;
     * empty when there still is no verdict on it. Another agent's action is not told from one on which there is no verdict, also not by the time
     * that the answer takes. When {@value #MOST} wait already, or {@value #MOST_EACH} of this agent, the answer comes at once.
     *
     * @param agent who asks
     * @param seen the latest question that the agent knows of; absent when it knows of none
     */
    public Uni<Optional<ApprovalView>> news(ActionId id, AgentId agent, @Nullable ReviewId seen, Duration atMost) {
        return find(id, agent)
                .chain(first -> atMost.isZero()
                                || first.filter(view -> isNews(view, seen)).isPresent()
                        ? Uni.createFrom().item(first)
                        : held(id, agent, seen, atMost)
                                .chain(held -> held
                                        ? find(id, agent)
                                        : Uni.createFrom().item(first)));
    }

    private Uni<Optional<ApprovalView>> find(ActionId id, AgentId agent) {
        return approvals.find(id).map(found -> found.filter(view -> isOf(view, agent)));
    }

    @Override
    public void changed(ActionId id, ApprovalState state) {
        Set<Wait> here = waits.get(id);
        if (here != null) {
            ApprovalView.of(state).ifPresent(view -> here.forEach(wait -> check(id, wait, view)));
        }
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        Instant now = clock.instant();
        if (waits.isEmpty()) {
            lookedUntil = now;
            return Uni.createFrom().voidItem();
        }
        return approvals
                .newsAmong(List.copyOf(waits.keySet()), lookedUntil.minus(OVERLAP))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::check)
                .collect()
                .last()
                .invoke(() -> lookedUntil = now)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Waits go on unchecked: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> check(ActionId id) {
        return approvals
                .find(id)
                .invoke(found -> found.ifPresent(
                        view -> waits.getOrDefault(id, Set.of()).forEach(wait -> check(id, wait, view))))
                .replaceWithVoid();
    }

    private void check(ActionId id, Wait wait, ApprovalView view) {
        if (!isOf(view, wait.agent())) {
            // INVARIANT: nothing ends it but its time, as if there were no such action; and no look reads anything for
            // it.
            forget(id, wait);
        } else if (isNews(view, wait.seen())) {
            wait.emitter().complete(true);
        }
    }

    /** Whether it was held, until there was news or the time was up. */
    private Uni<Boolean> held(ActionId id, AgentId agent, @Nullable ReviewId seen, Duration atMost) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    if (!admitted(agent)) {
                        emitter.complete(false);
                        return;
                    }
                    var wait = new Wait(emitter, agent, seen);
                    waits.compute(id, (key, others) -> {
                        Set<Wait> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                        all.add(wait);
                        return all;
                    });
                    emitter.onTermination(() -> {
                        forget(id, wait);
                        dismiss(agent);
                    });
                    // What came between the first look and now has woken nobody; look again.
                    approvals
                            .find(id)
                            .subscribe()
                            .with(found -> found.ifPresent(view -> check(id, wait, view)), failure -> {});
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(true);
    }

    private boolean admitted(AgentId agent) {
        int ofAgent = counts.merge(agent, 1, Integer::sum);
        int ofAll = count.incrementAndGet();
        if (ofAgent <= MOST_EACH && ofAll <= MOST) {
            return true;
        }
        dismiss(agent);
        return false;
    }

    private void dismiss(AgentId agent) {
        counts.computeIfPresent(agent, (key, waiting) -> waiting == 1 ? null : waiting - 1);
        count.decrementAndGet();
    }

    private void forget(ActionId id, Wait wait) {
        waits.computeIfPresent(id, (key, all) -> {
            all.remove(wait);
            return all.isEmpty() ? null : all;
        });
    }

    private static boolean isOf(ApprovalView view, AgentId agent) {
        return view.request().verified().agent().equals(agent);
    }

    /** Of a question that nobody asked, every other is later. */
    private static boolean isNews(ApprovalView view, @Nullable ReviewId seen) {
        List<Question> questions = view.course().questions();
        int known = questions.stream().map(Question::id).toList().indexOf(seen);
        return !view.pending() || questions.stream().skip(known + 1L).anyMatch(question -> question.answer() == null);
    }
}
