package io.obstat.ledger.kafka;

import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the views up to date in a thread of its own, one batch after the other. When Kafka or PostgreSQL is away it waits and goes on where the
 * views are. A log that is broken is left where it breaks, loudly, and the others go on.
 */
@Readiness
@ApplicationScoped
public class ViewFollower implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(ViewFollower.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final LedgerConfig config;
    private final PostgresViews views;
    private final Map<Integer, String> broken = new ConcurrentHashMap<>();
    private final LastFailure lastFailure = new LastFailure();
    private volatile boolean stopping;
    private volatile boolean following;
    private volatile long readAtNanos = System.nanoTime();
    private volatile @Nullable EntriesReader reader;
    private volatile @Nullable Thread thread;

    ViewFollower(LedgerConfig config, PostgresViews views) {
        this.config = config;
        this.views = views;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            var running = new Thread(this::follow, "ledger-views");
            running.setDaemon(true);
            thread = running;
            running.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        EntriesReader current = reader;
        if (current != null) {
            current.wakeUp();
        }
        Thread running = thread;
        if (running != null) {
            running.join(STOP_WITHIN);
        }
    }

    @Override
    public HealthCheckResponse call() {
        // Whatever holds the thread up, or ends it: what was true when it read last is not true for ever.
        boolean fresh =
                System.nanoTime() - readAtNanos <= config.sessionTimeout().toNanos();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("ledger views")
                .withData("following", following && fresh)
                .withData("lastFailure", lastFailure.text())
                .status(!config.enabled() || (following && fresh && broken.isEmpty()));
        broken.forEach((log, problem) -> response.withData("log " + log, problem));
        return response.build();
    }

    private void follow() {
        while (!stopping) {
            try (var entries = new EntriesReader(EntriesReader.connect(config), views, broken)) {
                reader = entries;
                while (!stopping) {
                    entries.readSome();
                    following = entries.settled(config.sessionTimeout());
                    readAtNanos = System.nanoTime();
                }
            } catch (WakeupException e) {
                LOG.debug("Woken up to stop");
            } catch (RuntimeException | Error e) {
                following = false;
                lastFailure.note(e, Instant.now());
                LOG.warnf("The views cannot go on; trying again in %s: %s", config.retryAfter(), lastFailure.text());
                LOG.debug("The views cannot go on", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(config.retryAfter().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
