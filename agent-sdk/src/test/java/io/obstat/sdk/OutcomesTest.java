package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent can tell every outcome from every other, and is told what to do about it. */
class OutcomesTest extends AgainstFakeObstat {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ActionId OTHER = ActionId.derive(FakeObstat.AGENT, Decider.SUPERSEDING);

    @ParameterizedTest
    @CsvSource({
        "DENIED, Denied",
        "REJECTED, Rejected",
        "EXPIRED, Expired",
        "WITHDRAWN, Withdrawn",
        "UNDELIVERABLE, Undeliverable",
        "SUPERSEDED, Superseded",
        "POLICY_CHANGED, PolicyChanged"
    })
    void shouldTellOutcomesApart(Outcome outcome, String type) throws InterruptedException {
        // Given
        obstat.outcome = outcome;

        // When
        Attempt<Integer> attempt = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.NotRun.class,
                        not -> assertThat(not.why().getClass().getSimpleName()).isEqualTo(type));
    }

    @Test
    void shouldWaitForTheDecisionThatCountsInstead() throws InterruptedException {
        // Given two identical requests, of which the second is superseded
        obstat.outcome = null;
        client.request(NothingRunsWithoutGrantTest.keyed(Decider.SUPERSEDING));
        obstat.outcome = Outcome.SUPERSEDED;
        Answer answer =
                client.request(NothingRunsWithoutGrantTest.keyed("job-2")).await(PATIENCE);

        // When
        obstat.decide(OTHER, Outcome.ALLOWED);

        // Then
        assertThat(answer).isInstanceOfSatisfying(Refusal.Superseded.class, superseded -> {
            assertThat(superseded.message())
                    .contains("Wait for the decision on " + OTHER + " instead.")
                    .endsWith("Nothing was run.");
            assertThat(superseded.instead().actionId()).isEqualTo(OTHER);
        });
        assertThat(((Refusal.Superseded) answer).instead().await(PATIENCE))
                .isInstanceOfSatisfying(
                        Approved.class,
                        approved -> assertThat(approved.action())
                                .isEqualTo(NothingRunsWithoutGrantTest.draft().action()));
    }

    @Test
    void shouldNotTakeTheDecisionOnAnotherActionForTheOneThatCountsInstead() throws InterruptedException {
        // Given a decision that was made to name an action with other inputs
        client.request(ActionDraft.of("data.export", "postgres://prod/salaries")
                .in("production")
                .because("x")
                .idempotencyKey(Decider.SUPERSEDING)
                .build());
        obstat.outcome = Outcome.SUPERSEDED;

        // When
        Answer answer =
                client.request(NothingRunsWithoutGrantTest.keyed("job-2")).await(PATIENCE);

        // Then
        assertThat(answer).isInstanceOf(Refusal.Superseded.class);
        assertThatThrownBy(() -> ((Refusal.Superseded) answer).instead().await(PATIENCE))
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("The decision is on " + OTHER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            revoked           | Do not ask for the same again before a person has told you to.
            policy-changed    | Ask again, under another idempotency key: the policy that is in force now decides.
            approvers-changed | Ask again, under another idempotency key: those who may approve now decide.
            agent-suspended   | Ask for nothing more, and tell the person who runs you.
            foreign-key       | The grant is bound to a key that this client does not hold; tell the person who set it up.
            something-new     | Nothing was run.
            """)
    void shouldRunNothingAndSayWhatToDoWhenTheGrantIsRefused(String cause, String next) throws InterruptedException {
        // Given
        obstat.redemptionRefusedAs = cause;
        var runs = new AtomicInteger();

        // When
        Attempt<Integer> attempt = client.run(NothingRunsWithoutGrantTest.draft(), grant -> runs.incrementAndGet());

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.NotRun.class,
                        not -> assertThat(not.why())
                                .isInstanceOfSatisfying(
                                        Refusal.GrantRefused.class,
                                        refused -> assertThat(refused.cause()).isEqualTo(cause)));
        assertThat(attempt.message())
                .startsWith("This grant is refused as " + cause + ". " + next)
                .endsWith("Nothing was run.");
        NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
    }
}
