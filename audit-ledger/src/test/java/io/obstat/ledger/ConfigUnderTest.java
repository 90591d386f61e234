package io.obstat.ledger;

import io.obstat.ledger.kafka.LedgerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The ledger's settings with their defaults, for a Kafka that need not be there.
 *
 * @param servers asked each time anew, so that a test can count and fail
 */
public record ConfigUnderTest(Supplier<String> servers, Path stateDir) implements LedgerConfig {
    public ConfigUnderTest(String servers, Path stateDir) {
        this(() -> servers, stateDir);
    }

    @Override
    public String bootstrapServers() {
        return servers.get();
    }

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
