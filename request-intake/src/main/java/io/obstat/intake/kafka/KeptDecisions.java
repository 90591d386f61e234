package io.obstat.intake.kafka;

import io.obstat.contracts.event.Decision;
import io.obstat.intake.reactive.Acceptance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decisions on their way into the database: what comes while some are being written goes there next, in one statement. */
@ApplicationScoped
class KeptDecisions {

    /** More than this are not taken before those that wait are written. */
    private static final int MOST = 500;

    private final Acceptance acceptance;
    private @Nullable Batch next;
    private boolean writing;

    KeptDecisions(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    /** Decisions that are written together. */
    static final class Batch {

        private final List<Decision> decisions = new ArrayList<>();
        private final CompletableFuture<Void> kept = new CompletableFuture<>();

        /** Completes once they are written, however long that takes. */
        CompletionStage<Void> kept() {
            return kept;
        }

        /** Whether it is better to wait for it than to add to it. */
        boolean isFull() {
            return decisions.size() >= MOST;
        }
    }

    /** Takes a decision. Those of one action are kept in the order in which they come. */
    synchronized Batch add(Decision decision) {
        Batch batch = next == null ? new Batch() : next;
        next = batch;
        batch.decisions.add(decision);
        if (!writing) {
            writeNext();
        }
        return batch;
    }

    private synchronized void writeNext() {
        Batch batch = next;
        next = null;
        writing = batch != null;
        if (batch != null) {
            Retry.untilDone("Decisions", () -> acceptance.decided(batch.decisions))
                    .onTermination()
                    .invoke(this::writeNext)
                    .subscribe()
                    .with(done -> batch.kept.complete(null), batch.kept::completeExceptionally);
        }
    }
}
