package io.obstat.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.obstat.ledger.ConfigUnderTest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerStreamsTest {
    @TempDir
    Path stateDir;

    @Test
    void shouldSayWhyAndTryAgainWhenNobodyKnowsKafkasHost() throws InterruptedException {
        assertTriesAgain(() -> "no-such-host.invalid:9092", "bootstrap");
    }

    @Test
    void shouldSayWhyAndTryAgainAfterAnError() throws InterruptedException {
        assertTriesAgain(
                () -> {
                    throw new LinkageError("no such library");
                },
                "no such library");
    }

    private void assertTriesAgain(Supplier<String> servers, String why) throws InterruptedException {
        // Given
        var tries = new AtomicInteger();
        var streams = new LedgerStreams(new ConfigUnderTest(
                () -> {
                    tries.incrementAndGet();
                    return servers.get();
                },
                stateDir));

        // When
        streams.start(new StartupEvent());

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAtomic(tries, greaterThan(4));
        HealthCheckResponse readiness = streams.call();
        streams.stop(new ShutdownEvent());
        assertThat(readiness.getStatus()).isEqualTo(Status.DOWN);
        assertThat(readiness.getData().orElse(Map.of()).get("lastFailure"))
                .asString()
                .contains(why);
    }
}
