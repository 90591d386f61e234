package io.obstat.intake.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answers that this instance holds back until a decision ({@code Prefer: wait}). In memory only: when it is lost, so are the
 * connections.
 */
@ApplicationScoped
public class DecisionWaits {

    /** More held answers than this would be held by a client that is not well; the rest is answered at once. */
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<ActionId, Set<Wait>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** A place in the queue, taken before the request is published, so that no decision can slip through. Close it. */
    public final class Wait implements AutoCloseable {

        private final ActionId actionId;
        private final CompletableFuture<Decision> decision = new CompletableFuture<>();

        private Wait(ActionId actionId) {
            this.actionId = actionId;
        }

        /** Completes with the decision, on the thread that read it. */
        public CompletionStage<Decision> decision() {
            return decision;
        }

        @Override
        public void close() {
            waiting.computeIfPresent(actionId, (id, waits) -> {
                if (waits.remove(this)) {
                    count.decrementAndGet();
                }
                return waits.isEmpty() ? null : waits;
            });
        }
    }

    /** Empty when too many wait already. */
    public Optional<Wait> open(ActionId actionId) {
        if (count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            return Optional.empty();
        }
        var wait = new Wait(actionId);
        waiting.compute(actionId, (id, waits) -> {
            Set<Wait> set = waits == null ? ConcurrentHashMap.newKeySet() : waits;
            set.add(wait);
            return set;
        });
        return Optional.of(wait);
    }

    /** Answers everybody who waits for this decision. */
    public void decided(Decision decision) {
        Set<Wait> waits = waiting.get(decision.actionId());
        if (waits != null) {
            waits.forEach(wait -> wait.decision.complete(decision));
        }
    }

    /** How many answers are held back. */
    public int size() {
        return count.get();
    }
}
