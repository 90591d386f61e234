package io.obstat.intake.quarkus;

import io.obstat.intake.AgentRegistry;
import io.obstat.intake.jose.IntentVerifier;
import io.obstat.intake.yaml.AgentsFile;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** What is made once, at start. */
@ApplicationScoped
class IntakeObjects {

    private static final Logger LOG = Logger.getLogger(IntakeObjects.class);

    /** Read at start, so that a registry that cannot be used stops the start with its reason. */
    @Produces
    @Singleton
    @Startup
    AgentRegistry registry(IntakeConfig config) {
        AgentRegistry registry = AgentsFile.read(config.agentsFile());
        LOG.infof("%d agents may ask, by %s", registry.size(), config.agentsFile());
        return registry;
    }

    @Produces
    @Singleton
    IntentVerifier intentVerifier(AgentRegistry registry) {
        return new IntentVerifier(registry);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
