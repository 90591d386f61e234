package io.obstat.intake.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What can be set: {@code obstat.intake.*}, or {@code OBSTAT_INTAKE_*} in the environment. */
@ConfigMapping(prefix = "obstat.intake")
public interface IntakeConfig {

    /** The agent registry's YAML file, see {@code io.obstat.intake.yaml.AgentsFile}. */
    Path agentsFile();

    /** Where agents reach decision-service; named in every answer. */
    @WithDefault("http://localhost:8084")
    URI decisionServiceUrl();

    /** The public address of this service: where agents post to, as their DPoP proofs name it. */
    @WithDefault("http://localhost:8081")
    URI publicUrl();

    /** How long a caller is kept waiting for PostgreSQL, and then for Kafka, before it gets a 503. */
    @WithDefault("10s")
    Duration patience();

    /** How often to look for requests that are kept and not published. */
    @WithDefault("2s")
    Duration sweepEvery();
}
