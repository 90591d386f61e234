package io.obstat.policy.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when verdicts are given and the ledger can know by which policy set. While partitions move or Kafka is away, it is not. */
@Readiness
@ApplicationScoped
public class VerdictsReadiness implements HealthCheck {

    private final KafkaStreams streams;
    private final Announcer announcer;

    VerdictsReadiness(KafkaStreams streams, Announcer announcer) {
        this.streams = streams;
        this.announcer = announcer;
    }

    @Override
    public HealthCheckResponse call() {
        State state = streams.state();
        return HealthCheckResponse.named("verdicts")
                .status(state == State.RUNNING && announcer.announced())
                .withData("streams", state.name())
                .withData("policySetAnnounced", announcer.announced())
                .build();
    }
}
