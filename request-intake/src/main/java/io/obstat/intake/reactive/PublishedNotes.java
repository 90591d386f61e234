package io.obstat.intake.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.intake.StoredAction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Notes what Kafka has acknowledged, many actions in one statement, after their callers have been answered. What is lost with this process, or
 * cannot be noted, is published once more by the {@link Sweeper}.
 */
@ApplicationScoped
class PublishedNotes {

    private static final Logger LOG = Logger.getLogger(PublishedNotes.class);

    /** How long actions gather; well below the sweeper's grace. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private final Actions actions;
    private final InstantSource clock;
    private final Map<ActionId, StoredAction> sent = new ConcurrentHashMap<>();
    private final AtomicBoolean due = new AtomicBoolean();

    PublishedNotes(Actions actions, InstantSource clock) {
        this.actions = actions;
        this.clock = clock;
    }

    /** Has it noted that Kafka has all that this action, as it is here, had to say. */
    void add(StoredAction action) {
        sent.put(action.id(), action);
        if (due.compareAndSet(false, true)) {
            Infrastructure.getDefaultWorkerPool().schedule(this::write, GATHER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The action with what is yet to be noted of it here, so that a quick repetition is not published again. */
    StoredAction with(StoredAction stored) {
        StoredAction noted = sent.get(stored.id());
        return noted == null ? stored : stored.published(noted, now());
    }

    private void write() {
        // Whoever adds from here on schedules the next.
        due.set(false);
        List<StoredAction> all = List.copyOf(sent.values());
        actions.published(all, now())
                .onTermination()
                .invoke(() -> all.forEach(action -> sent.remove(action.id(), action)))
                .subscribe()
                .with(
                        noted -> {},
                        failure -> LOG.warnf(
                                "%d published actions are not noted and will be published again: %s",
                                all.size(), failure.getMessage()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
