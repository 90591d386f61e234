package io.obstat.intake.reactive;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way back to where work began. Kafka's acknowledgement and the timer of a retry arrive on threads of their own, while a Hibernate
 * Reactive session belongs to one Vert.x context.
 */
public final class EventLoop {

    private EventLoop() {}

    /** Runs tasks on the Vert.x context of the calling thread; on whatever thread there is when it has none. */
    public static Executor ofCaller() {
        @Nullable Context context = Vertx.currentContext();
        return task -> {
            if (context == null || context.equals(Vertx.currentContext())) {
                task.run();
            } else {
                context.runOnContext(ignored -> task.run());
            }
        };
    }
}
