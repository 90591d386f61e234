package io.obstat.ledger.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The ledger's settings, each with its default. */
@ConfigMapping(prefix = "obstat.ledger")
public interface LedgerConfig {
    /** Whether the topology and the view follower run; off in tests that need no broker. */
    @WithDefault("true")
    boolean enabled();

    /** {@code host:port}, several separated by commas. */
    String bootstrapServers();

    /** Where the local copy of the state lies. Losing it costs the time to read it back from Kafka, nothing else. */
    Path stateDir();

    /** How long a transaction collects before it commits. Nothing is visible before; each commit writes a marker to every partition it touched. */
    @WithDefault("500ms")
    Duration commitInterval();

    /** Kafka Streams threads; more than partitions are idle. */
    @WithDefault("1")
    int threads();

    /** After this long without a heartbeat another instance, or this one restarted after {@code kill -9}, takes over. */
    @WithDefault("10s")
    Duration sessionTimeout();

    /** Most entries written to the views in one transaction. */
    @WithDefault("100")
    int viewBatch();

    /** How long to wait before trying again when Kafka or PostgreSQL is away. */
    @WithDefault("2s")
    Duration retryAfter();
}
