package io.obstat.policy.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when verdicts are given and the ledger can know by which policy set. While partitions move or Kafka is away, it is not. */
@Readiness
@ApplicationScoped
public class VerdictsReadiness implements HealthCheck {

    /** The consumers' session timeout: the broker has given up an instance that it has not heard of for so long. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final Announcer announcer;

    VerdictsReadiness(KafkaStreams streams, Announcer announcer) {
        this.streams = streams;
        this.announcer = announcer;
    }

    @Override
    public HealthCheckResponse call() {
        State state = streams.state();
        boolean inTouch = inTouchWithKafka();
        return HealthCheckResponse.named("verdicts")
                .status(state == State.RUNNING && inTouch && announcer.announced())
                .withData("streams", state.name())
                .withData("inTouchWithKafka", inTouch)
                .withData("policySetAnnounced", announcer.announced())
                .build();
    }

    /** Kafka Streams says RUNNING as well while its broker is away, so the consumers are asked when they were last in touch. */
    private boolean inTouchWithKafka() {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .mapToDouble(VerdictsReadiness::seconds)
                // Negative: not yet.
                .anyMatch(seconds -> seconds >= 0 && seconds <= LONGEST_SILENCE.toSeconds());
    }

    private static double seconds(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : -1;
    }
}
