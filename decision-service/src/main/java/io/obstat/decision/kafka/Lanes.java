package io.obstat.decision.kafka;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does work side by side, but that of one key one after the other, in the order in which it came: each action has a lane of its own. One
 * consumer then keeps up without one more for each partition.
 */
final class Lanes {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final int most;
    private final Map<String, CompletableFuture<Void>> lastOfLane = new HashMap<>();
    private int underWay;
    private @Nullable CompletableFuture<Void> room;

    /** @param most how many pieces of work may be under way or wait in their lanes; whoever brings more has to wait */
    Lanes(int most) {
        this.most = most;
    }

    /**
     * Puts work into its lane.
     *
     * @param work begun when what was put into the lane before it is done; its failure is its own business
     * @return completes when there is room for more, at once or later
     */
    synchronized Uni<Void> put(String key, Supplier<Uni<Void>> work) {
        underWay++;
        CompletableFuture<Void> before = lastOfLane.getOrDefault(key, DONE);
        // However the work before it ended, this one has its turn.
        CompletableFuture<Void> done = before.handle((nothing, failure) -> nothing)
                .thenCompose(ignored -> work.get().subscribeAsCompletionStage());
        lastOfLane.put(key, done);
        done.whenComplete((nothing, failure) -> leave(key, done));
        if (underWay < most) {
            return Uni.createFrom().voidItem();
        }
        CompletableFuture<Void> free = new CompletableFuture<>();
        room = free;
        return Uni.createFrom().completionStage(free);
    }

    private void leave(String key, CompletableFuture<Void> done) {
        CompletableFuture<Void> free;
        synchronized (this) {
            lastOfLane.remove(key, done);
            underWay--;
            free = room;
            room = null;
        }
        if (free != null) {
            free.complete(null);
        }
    }
}
