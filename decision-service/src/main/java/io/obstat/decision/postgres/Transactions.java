package io.obstat.decision.postgres;

import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.reactive.UnavailableException;
import io.obstat.decision.reactive.UndecidableException;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * One transaction at a time a session. Each runs on a Vert.x context of its own, so that it does not matter on which thread (HTTP, Kafka, a
 * timer) the work began, and no two ever meet on one session.
 */
@ApplicationScoped
class Transactions {

    /** A statement waits for a connection and a row lock no longer than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Mutiny.SessionFactory sessions;
    private final Vertx vertx;

    Transactions(Mutiny.SessionFactory sessions, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
    }

    /**
     * Fails as {@code work} does when it refuses ({@link UndecidableException}, {@link LostRaceException}, {@link RefusedException}), and else with
     * {@link UnavailableException}.
     */
    <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work) {
        return run(work, PATIENCE);
    }

    /** The same for work that may take this long. */
    <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work, Duration patience) {
        return patiently(() -> sessions.withTransaction(work), patience);
    }

    /** The same for work of a single statement, which is a transaction by itself and needs no begin and no commit. */
    <T> Uni<T> runOne(Function<Mutiny.Session, Uni<T>> statement) {
        return patiently(() -> sessions.withSession(statement), PATIENCE);
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> work, Duration patience) {
        return Uni.createFrom()
                .<T>emitter(emitter -> ownContext()
                        .runOnContext(ignored -> work.get().subscribe().with(emitter::complete, emitter::fail)))
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure(Transactions::isTrouble)
                .transform(UnavailableException::new);
    }

    private Context ownContext() {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        return context;
    }

    /** Everything that goes wrong here is the database's, and may go right later, but for what is known to be otherwise. */
    private static boolean isTrouble(Throwable failure) {
        return !(failure instanceof UndecidableException
                || failure instanceof LostRaceException
                || failure instanceof RefusedException);
    }
}
