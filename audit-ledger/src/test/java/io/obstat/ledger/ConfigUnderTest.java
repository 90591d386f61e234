package io.obstat.ledger;

import io.obstat.ledger.kafka.LedgerConfig;
import java.nio.file.Path;
import java.time.Duration;

/** The ledger's settings with their defaults, for a Kafka that need not be there. */
public record ConfigUnderTest(String bootstrapServers, Path stateDir) implements LedgerConfig {
    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public Duration commitInterval() {
        return Duration.ofMillis(500);
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Duration sessionTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int viewBatch() {
        return 100;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofMillis(1);
    }
}
