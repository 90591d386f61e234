package io.obstat.ledger.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.obstat.ledger.ConfigUnderTest;
import io.obstat.ledger.LedgerEnvironment;
import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LedgerEnvironment.class)
class ViewFollowerTest {
    @Inject
    PostgresViews views;

    @Test
    void shouldSayWhyAndTryAgainAfterAnError() throws InterruptedException {
        // Given
        var tries = new AtomicInteger();
        var config = new ConfigUnderTest(
                () -> {
                    tries.incrementAndGet();
                    throw new LinkageError("no such library");
                },
                Path.of("target/state"));
        var follower = new ViewFollower(config, views);

        // When
        follower.start(new StartupEvent());

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAtomic(tries, greaterThan(2));
        HealthCheckResponse readiness = follower.call();
        follower.stop(new ShutdownEvent());
        assertThat(readiness.getStatus()).isEqualTo(Status.DOWN);
        assertThat(readiness.getData().orElse(Map.of()).get("lastFailure"))
                .asString()
                .contains("no such library");
    }
}
