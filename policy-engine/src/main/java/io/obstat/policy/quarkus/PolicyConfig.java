package io.obstat.policy.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Everything about this service that can be set. */
@ConfigMapping(prefix = "obstat.policy")
public interface PolicyConfig {

    /** The policy set, in YAML; see {@code docs/reference/policy.md}. */
    Path file();

    /** Where Kafka Streams keeps the first verdicts on disk. Losing it costs time, nothing else. One instance a directory. */
    Path stateDir();

    /** The name of this instance in the consumer group; no two instances may share one. */
    String instanceId();

    /** How many iterations the comprehensions of one condition may take together. */
    @WithDefault("10000")
    int iterations();

    /** How much processor time one condition may take. */
    @WithDefault("50ms")
    Duration ruleTime();

    /** How much processor time all conditions may take for one request. */
    @WithDefault("250ms")
    Duration requestTime();

    /** How long to wait before Kafka is tried again: after a stream thread failed, or an announcement did. */
    @WithDefault("2s")
    Duration retryAfter();
}
