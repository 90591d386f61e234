package io.obstat.notifier.postgres;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Runs each transaction on a Vert.x context of its own. Hibernate Reactive sessions belong to a context, and a retry after a back-off or the
 * answer of a receiver comes from another thread.
 */
@ApplicationScoped
class Transactions {

    /** A little more than the database gives a statement (see {@code application.properties}), so that its word comes first. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Mutiny.SessionFactory sessions;
    private final Vertx vertx;

    Transactions(Mutiny.SessionFactory sessions, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
    }

    /**
     * The work in one session and one transaction; anew for each subscription. Fails when it takes longer than 10 s, a connection and a lock included:
     * it may have been done then, or not, and whatever is begun here may be begun again.
     */
    <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work) {
        Uni<T> done = Uni.createFrom().emitter(emitter -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(ignored -> sessions.withTransaction((session, transaction) -> work.apply(session))
                    .subscribe()
                    .with(emitter::complete, emitter::fail));
        });
        return done.ifNoItem().after(PATIENCE).fail();
    }
}
