package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * INVARIANT: the work is called only with a grant that decision-service signed, for this agent, this action and this digest, and that it took for
 * redeemed. Everything else ends in a {@link Refusal} or an {@link ObstatException}, and the counter of runs stays at nought.
 */
class NothingRunsWithoutGrantTest {

    private final Instant now = Instant.now();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOWED")
    void shouldNotRunWhatWasNotAllowed(Outcome outcome) throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            obstat.outcome = outcome;
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt).isInstanceOf(Attempt.NotRun.class);
            assertThat(attempt.message()).contains("Policy said " + outcome).endsWith("Nothing was run.");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunWhileNobodyHasDecided() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().patience(Duration.ofSeconds(2)).connect()) {
            // Given
            obstat.outcome = null;
            obstat.holds = false;
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt)
                    .isInstanceOfSatisfying(
                            Attempt.NotRun.class, not -> assertThat(not.why()).isInstanceOf(Refusal.Undecided.class));
            assertNothingRan(obstat, runs);
        }
    }

    @Property(tries = 60)
    void shouldNotRunAnythingButTheApprovedAction(@ForAll @IntRange(min = 0, max = 6) int what, @ForAll String text)
            throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given an approved action of which one thing was changed afterwards
            Action approved = draft().action();
            Action changed = mutated(approved, what, text);
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), () -> changed, grant -> runs.incrementAndGet());

            // Then nothing ran, the grant is not used up, and the attempt is on record
            assertThat(attempt.message()).contains("is not what was approved");
            assertThat(obstat.misuses).containsExactly("digest-differs");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunAChangedActionEvenWhenItsAttemptCannotBePutOnRecord() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            Action changed = mutated(draft().action(), 0, "");
            obstat.trouble("redeem", FakeObstat.Kind.UNAVAILABLE, 1_000);
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), () -> changed, grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt.message()).contains("is not what was approved");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunOnAGrantThatWasRedeemedBefore() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            var runs = new AtomicInteger();
            Attempt<Integer> first = client.run(keyed("job-1"), grant -> runs.incrementAndGet());

            // When the same job is asked for again, which is the same action with the same grant
            Attempt<Integer> second = client.run(keyed("job-1"), grant -> runs.incrementAndGet());

            // Then
            assertThat(first).isInstanceOf(Attempt.Ran.class);
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Attempt.NotRun.class,
                            not -> assertThat(not.why())
                                    .isInstanceOfSatisfying(
                                            Refusal.GrantRefused.class,
                                            refused ->
                                                    assertThat(refused.cause()).isEqualTo("already-redeemed")));
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeitherRunNorPresentTheGrantAgainWhenTheRedemptionIsNotAnswered(FakeObstat.Kind kind)
            throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given a redemption of which this agent does not know whether it was carried out
            obstat.trouble("redeem", kind, 1);
            var runs = new AtomicInteger();

            // When, and when the same job is asked for again
            Attempt<Integer> first = client.run(keyed("job-1"), grant -> runs.incrementAndGet());
            Attempt<Integer> second = client.run(keyed("job-1"), grant -> runs.incrementAndGet());

            // Then nothing ran, it is said what to do, and nothing is on record that looks like a second use
            assertThat(List.of(first, second)).allSatisfy(attempt -> {
                assertThat(attempt)
                        .isInstanceOfSatisfying(
                                Attempt.NotRun.class,
                                not -> assertThat(not.why())
                                        .isInstanceOfSatisfying(
                                                Refusal.GrantRefused.class,
                                                refused -> assertThat(refused.cause())
                                                        .isEqualTo("unanswered")));
                assertThat(attempt.message())
                        .contains("not known whether the grant was taken up")
                        .contains("Ask anew, under another idempotency key");
            });
            assertThat(runs).hasValue(0);
            assertThat(obstat.misuses).isEmpty();
            assertThat(obstat.paths())
                    .filteredOn("POST /v1/grants/redeem"::equals)
                    .hasSize(1);
        }
    }

    @Test
    void shouldPresentTheGrantLaterWhenItCannotHaveArrived() throws InterruptedException {
        // Given tokens that cannot be had just when the grant is to be presented
        var away = new AtomicBoolean();
        try (var obstat = new FakeObstat();
                var client = obstat.connection(() -> {
                            if (away.get()) {
                                throw new UnreachableException("the issuer is away");
                            }
                            return "token-1";
                        })
                        .retrying(Duration.ofSeconds(2), Duration.ofMillis(10))
                        .connect()) {
            var runs = new AtomicInteger();
            Supplier<Action> goesAway = () -> {
                away.set(true);
                return keyed("job-1").action();
            };

            // When
            assertThatThrownBy(() -> client.run(keyed("job-1"), goesAway, grant -> runs.incrementAndGet()))
                    .isInstanceOf(UnreachableException.class);
            assertNothingRan(obstat, runs);
            try (ObstatClient patient = obstat.connection().connect()) {
                // Then
                Attempt<Integer> later = patient.run(keyed("job-1"), grant -> runs.incrementAndGet());
                assertThat(later).isInstanceOf(Attempt.Ran.class);
            }
            assertThat(runs).hasValue(1);
            assertThat(obstat.misuses).isEmpty();
        }
    }

    @Test
    void shouldNotPresentAGrantThatExpiredLongAgo() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            obstat.decider = new Decider(obstat.signer, now.minusSeconds(3_600));
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt.message()).contains("The grant expired at").contains("ask again");
            assertThat(obstat.paths()).doesNotContain("POST /v1/grants/redeem");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunWhenTheServiceUnderstoodAnotherAgent() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().onBehalfOf("somebody").connect()) {
            // Given a token that does not act for the person this client thinks it acts for
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(draft(), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("the token speaks for another agent or person");
            assertNothingRan(obstat, runs);
        }
    }

    static void assertNothingRan(FakeObstat obstat, AtomicInteger runs) {
        assertThat(runs).hasValue(0);
        assertThat(obstat.redeemed).isEmpty();
        assertThat(obstat.reports).isEmpty();
        assertThat(obstat.violations).isEmpty();
    }

    static ActionDraft draft() {
        return builder().build();
    }

    static ActionDraft keyed(String key) {
        return builder().idempotencyKey(key).build();
    }

    private static ActionDraft.Builder builder() {
        return ActionDraft.of("data.export", "postgres://prod/customers")
                .in("production")
                .with("format", "csv")
                .with("where", Map.of("country", "DE"))
                .because("quarterly churn analysis");
    }

    static ActionDigest digest(ActionDraft draft) {
        return ActionDigest.of(FakeObstat.AGENT, null, draft.action());
    }

    private static Action mutated(Action action, int what, String text) {
        ObjectNode parameters = action.parameters().asTree();
        switch (what) {
            case 0 -> parameters.putObject("where").put("country", "FR");
            case 1 -> parameters.remove("where");
            case 2 -> parameters.put("limit", text.length());
            case 3 -> parameters.withObject("where").put("country", "de");
            default -> {}
        }
        return new Action(
                what == 4 ? new ActionType("data.Export") : action.type(),
                what == 5 ? action.resource() + "2" : action.resource(),
                what == 6 ? "staging" : action.environment(),
                Parameters.of(parameters));
    }
}
