package io.obstat.notifier.quarkus;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does one thing at a time, and again when it is called meanwhile: what that call is about may have come too late for the turn under way. */
final class Turns {

    private final Supplier<Uni<Void>> work;
    private final Consumer<Throwable> trouble;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * @param work what one turn does; must not block
     * @param trouble is told when a turn fails
     */
    Turns(Supplier<Uni<Void>> work, Consumer<Throwable> trouble) {
        this.work = work;
        this.trouble = trouble;
    }

    /** A turn, now or once the one under way has ended. Any number of calls meanwhile are one turn. */
    void call() {
        if (calls.getAndIncrement() == 0) {
            turn();
        }
    }

    private void turn() {
        work.get().onTermination().invoke(this::ended).subscribe().with(done -> {}, trouble);
    }

    private void ended() {
        // INVARIANT: no call is lost: one before this line is counted, and one after it takes its own turn.
        if (calls.getAndSet(0) > 1) {
            call();
        }
    }
}
