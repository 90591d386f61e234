package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ApprovalView;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Agents that wait for a decision. A wait is an entry in a map and costs no thread. It ends with the commit of the decision on this instance,
 * or with a look at the rows once a second, which finds what other instances have committed.
 */
@ApplicationScoped
public class DecisionWaits implements Changes {

    private static final Logger LOG = Logger.getLogger(DecisionWaits.class);

    private final Approvals approvals;
    private final Map<ActionId, Set<UniEmitter<? super Boolean>>> waits = new ConcurrentHashMap<>();

    public DecisionWaits(Approvals approvals) {
        this.approvals = approvals;
    }

    /** The action as it stands when it is decided, or when the time is up; empty when there still is no verdict on it. */
    public Uni<Optional<ApprovalView>> decided(ActionId id, Duration atMost) {
        return approvals
                .find(id)
                .chain(first -> isDecided(first) || atMost.isZero()
                        ? Uni.createFrom().item(first)
                        : signal(id, atMost).chain(() -> approvals.find(id)));
    }

    @Override
    public void changed(ActionId id, ApprovalState state) {
        switch (state) {
            case Decided decided -> wake(id);
            case Pending pending -> {}
            case Unopened unopened -> {}
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
        return approvals
                .decidedAmong(List.copyOf(waits.keySet()))
                .invoke(decided -> decided.forEach(this::wake))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Waits go on unchecked: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Boolean> signal(ActionId id, Duration atMost) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    waits.compute(id, (key, emitters) -> {
                        Set<UniEmitter<? super Boolean>> others =
                                emitters == null ? ConcurrentHashMap.newKeySet() : emitters;
                        others.add(emitter);
                        return others;
                    });
                    emitter.onTermination(() -> forget(id, emitter));
                    // A decision between the first look and now has woken nobody; look again.
                    approvals
                            .decidedAmong(List.of(id))
                            .subscribe()
                            .with(decided -> decided.forEach(this::wake), failure -> {});
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(false);
    }

    private void wake(ActionId id) {
        Set<UniEmitter<? super Boolean>> emitters = waits.remove(id);
        if (emitters != null) {
            emitters.forEach(emitter -> emitter.complete(true));
        }
    }

    private void forget(ActionId id, UniEmitter<? super Boolean> emitter) {
        waits.computeIfPresent(id, (key, emitters) -> {
            emitters.remove(emitter);
            return emitters.isEmpty() ? null : emitters;
        });
    }

    private static boolean isDecided(Optional<ApprovalView> view) {
        return view.filter(approval -> !approval.pending()).isPresent();
    }
}
