package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A denied agent leaves policy in peace until the time that it was told. */
class BackOffTest {

    private final FakeObstat obstat = new FakeObstat();
    private final ObstatClient client = obstat.connection().connect();

    @AfterEach
    void shouldHaveKeptToTheContract() {
        client.close();
        obstat.close();
        assertThat(obstat.violations).isEmpty();
    }

    @Test
    void shouldNotAskForTheLikeAgainWhilePolicySaidToWait() throws InterruptedException {
        // Given a denial with a time
        obstat.outcome = Outcome.DENIED;
        Attempt<Integer> first = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);
        int calls = obstat.calls.size();

        // When
        Attempt<Integer> second = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);

        // Then
        assertThat(first.message())
                .startsWith("Policy said DENIED. Instead: Ask for the aggregate. Do not ask for the like again before");
        assertThat(second.message()).startsWith("Not asked, because the like was denied before: Policy said");
        assertThat(second)
                .isInstanceOfSatisfying(
                        Attempt.NotRun.class,
                        not -> assertThat(not.why())
                                .isInstanceOfSatisfying(
                                        Refusal.BackingOff.class,
                                        backing -> assertThat(backing.backOff().remaining(Instant.now()))
                                                .isBetween(Duration.ofMinutes(50), Duration.ofHours(1))));
        assertThat(obstat.calls).hasSize(calls);
    }

    @Test
    void shouldAskForSomethingElseWhileBackingOff() throws InterruptedException {
        // Given
        obstat.outcome = Outcome.DENIED;
        client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);
        obstat.outcome = Outcome.ALLOWED;

        // When
        Attempt<Integer> other = client.run(
                ActionDraft.of("data.export", "postgres://prod/countries")
                        .in("production")
                        .because("x")
                        .build(),
                grant -> 1);

        // Then
        assertThat(other).isInstanceOf(Attempt.Ran.class);
    }
}
