package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A denied agent leaves policy in peace until the time that it was told. */
class BackOffTest extends AgainstFakeObstat {

    @Test
    void shouldNotAskAgainWhilePolicySaidToWait() throws InterruptedException {
        // Given a denial with a time
        obstat.outcome = Outcome.DENIED;
        Attempt<Integer> first = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);
        int calls = obstat.calls.size();

        // When
        Attempt<Integer> second = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);

        // Then
        assertThat(first.message())
                .startsWith(
                        "Policy said DENIED. Do this instead: Ask for the aggregate. Do not ask for this again before");
        assertThat(second.message()).startsWith("Not asked, because the same was denied before: Policy said");
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
    void shouldAskForTheSameWithOtherParametersWhileBackingOff() throws InterruptedException {
        // Given a denial, which is of one action with its parameters
        obstat.outcome = Outcome.DENIED;
        client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);
        obstat.outcome = Outcome.ALLOWED;
        ActionDraft narrower = ActionDraft.of("data.export", "postgres://prod/customers")
                .in("production")
                .with("format", "csv")
                .with("where", Map.of("country", "DE"))
                .with("columns", List.of("country"))
                .because("quarterly churn analysis")
                .build();

        // When
        Attempt<Integer> other = client.run(narrower, grant -> 1);
        Attempt<Integer> same = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);

        // Then
        assertThat(other).isInstanceOf(Attempt.Ran.class);
        assertThat(same)
                .isInstanceOfSatisfying(
                        Attempt.NotRun.class, not -> assertThat(not.why()).isInstanceOf(Refusal.BackingOff.class));
    }

    @Test
    void shouldTellTheSaferAlternativeOnceWhetherTheReasonNamesItOrNot() throws InterruptedException {
        // Given
        ActionDraft draft = NothingRunsWithoutGrantTest.draft();
        Decision named = obstat.decider.decide(
                ActionId.derive(FakeObstat.AGENT, "k"),
                NothingRunsWithoutGrantTest.digest(draft),
                FakeObstat.AGENT,
                Outcome.DENIED);
        Decision unnamed = Decider.telling(
                named, new Told(named.decidedBy(), "No.", named.saferAlternative(), null, named.decidedAt()));

        // When, Then
        assertThat(new Refusal.Denied(named).message()).containsOnlyOnce("Ask for the aggregate");
        assertThat(new Refusal.Denied(unnamed).message())
                .isEqualTo("No. Instead: Ask for the aggregate. Nothing was run.");
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
