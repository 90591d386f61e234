package io.obstat.intake.kafka;

import io.obstat.intake.reactive.EventLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What a consumer does about trouble that passes: it waits for PostgreSQL and Kafka, and neither skips a record nor calls it bad. */
final class Retry {

    private static final Logger LOG = Logger.getLogger(Retry.class);
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Retry() {}

    /** The attempt, repeated until it succeeds, on the Vert.x context of the calling thread. */
    static <T> Uni<T> untilDone(String what, Supplier<Uni<? extends T>> attempt) {
        return Uni.createFrom()
                .<T>deferred(attempt)
                .runSubscriptionOn(EventLoop.ofCaller())
                .onFailure()
                .invoke(failure -> LOG.warnf("%s: trying again: %s", what, failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST, LONGEST)
                .indefinitely();
    }
}
