package io.obstat.ledger.streams;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.ledger.kafka.Heartbeats;
import io.obstat.ledger.kafka.KafkaLastEntries;
import io.obstat.ledger.kafka.LastFailure;
import io.obstat.ledger.kafka.LedgerConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the topology for as long as the service runs. Waits for the topics, and tries for ever: a thread that fails is replaced, because the
 * ledger neither skips a record nor gives up. Ready when it runs, hears of Kafka and nothing has failed for a while; says what failed last.
 */
@Readiness
@ApplicationScoped
public class LedgerStreams implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(LedgerStreams.class);
    private static final Duration UNSETTLED = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final LedgerConfig config;
    private final LastFailure lastFailure = new LastFailure();
    private volatile boolean stopping;
    private volatile long failedAtNanos = System.nanoTime() - UNSETTLED.toNanos();
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Thread starter;

    LedgerStreams(LedgerConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            var thread = new Thread(this::startWhenTopicsExist, "ledger-starter");
            thread.setDaemon(true);
            starter = thread;
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        Thread running = starter;
        if (running != null) {
            running.interrupt();
            running.join(CLOSE_WITHIN);
        }
        KafkaStreams topology = streams;
        if (topology != null) {
            topology.close(new KafkaStreams.CloseOptions().timeout(CLOSE_WITHIN).leaveGroup(true));
        }
    }

    @Override
    public HealthCheckResponse call() {
        KafkaStreams topology = streams;
        String state = topology == null ? "waiting for Kafka" : topology.state().name();
        boolean settled = System.nanoTime() - failedAtNanos > UNSETTLED.toNanos();
        boolean inTouch = topology != null && Heartbeats.inTouch(topology.metrics(), config.sessionTimeout());
        boolean running = state.equals(KafkaStreams.State.RUNNING.name());
        return HealthCheckResponse.named("ledger")
                .withData("state", state)
                .withData("inTouchWithKafka", inTouch)
                .withData("lastFailure", lastFailure.text())
                .status(!config.enabled() || (settled && running && inTouch))
                .build();
    }

    private void startWhenTopicsExist() {
        try {
            while (!stopping && !started()) {
                TimeUnit.MILLISECONDS.sleep(config.retryAfter().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the topology runs now. Whatever goes wrong is told and tried again, an error of the virtual machine too: nobody else would. */
    private boolean started() throws InterruptedException {
        try {
            Set<String> missing = missingTopics();
            if (missing.isEmpty()) {
                streams = running();
                return true;
            }
            LOG.infof("Waiting for the topics %s", missing);
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            lastFailure.note(e, Instant.now());
            LOG.warnf("The ledger cannot start; trying again in %s: %s", config.retryAfter(), lastFailure.text());
            LOG.debug("The ledger cannot start", e);
        }
        return false;
    }

    private Set<String> missingTopics() throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> needed = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "5000",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "4000"))) {
            needed.removeAll(admin.listTopics().names().get(5, TimeUnit.SECONDS));
            return needed;
        }
    }

    private KafkaStreams running() {
        var topology = new KafkaStreams(LedgerTopology.build(new KafkaLastEntries(config)), StreamsSettings.of(config));
        try {
            topology.setUncaughtExceptionHandler(this::replaceThread);
            topology.start();
            return topology;
        } catch (RuntimeException | Error e) {
            topology.close(CLOSE_WITHIN);
            throw e;
        }
    }

    private StreamThreadExceptionResponse replaceThread(Throwable failure) {
        failedAtNanos = System.nanoTime();
        lastFailure.note(failure, Instant.now());
        LOG.errorf(failure, "The ledger's topology failed; nothing is lost, it tries again in %s", config.retryAfter());
        try {
            TimeUnit.MILLISECONDS.sleep(config.retryAfter().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
