package io.obstat.policy.quarkus;

import io.obstat.policy.Policy;
import io.obstat.policy.PolicySet;
import io.obstat.policy.cel.Limits;
import io.obstat.policy.streams.VerdictTopology;
import io.obstat.policy.yaml.PolicyFile;
import io.obstat.policy.yaml.PolicyFileException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/** The parts of the service. Quarkus starts the topology; a policy file that cannot be used stops the start. */
@ApplicationScoped
public class PolicyEngine {

    private static final Logger LOG = Logger.getLogger(PolicyEngine.class);

    @Produces
    @Singleton
    InForce inForce(PolicyConfig config, InstantSource clock) {
        try {
            Policy policy = PolicyFile.load(
                    config.file(), new Limits(config.iterations(), config.ruleTime(), config.requestTime()));
            PolicySet set = policy.set();
            LOG.infof(
                    "Policy set %s with %d rules is in force, %s",
                    set.name(), set.rules().size(), set.digest());
            WarmUp.of(policy);
            return new InForce(policy, clock.instant());
        } catch (PolicyFileException e) {
            LOG.fatalf("policy-engine does not start, because its policy file cannot be used. %s", e.getMessage());
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    Policy policy(InForce inForce) {
        return inForce.policy();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Topology topology(Policy policy, InstantSource clock) {
        return VerdictTopology.build(policy, clock);
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler uncaughtExceptions(PolicyConfig config) {
        return new ThreadReplacement(config.retryAfter());
    }
}
