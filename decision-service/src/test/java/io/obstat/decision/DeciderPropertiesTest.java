package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.EventId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The invariants of the design, by name, over generated histories. Each oracle here is written without the core's own means (no
 * {@code Person.isAlso}, no {@code Quorum}). {@code -Dobstat.histories=N} runs more of them.
 */
class DeciderPropertiesTest {

    private static final int HISTORIES = Integer.getInteger("obstat.histories", 20_000);

    private final Decider decider =
            new Decider(new FakeNotary(), new Terms(History.GRANT_LIFETIME, Duration.ofHours(1)));

    /** One step of a history. */
    private record Step(Command command, ApprovalState before, Transition<? extends Answer> transition) {}

    /** A history as it went. */
    private record Trace(History history, List<Step> steps) {

        <E> Stream<E> facts(Class<E> type) {
            return steps.stream()
                    .flatMap(step -> step.transition().facts().stream())
                    .map(Fact::event)
                    .filter(type::isInstance)
                    .map(type::cast);
        }

        @Nullable
        Decision decision() {
            return facts(Decision.class).findFirst().orElse(null);
        }

        ActionRequested request() {
            return history.verdict().request();
        }
    }

    @Test
    void shouldKeepOneTerminalDecision() {
        forAll(trace -> {
            assertThat(trace.facts(Decision.class)).hasSizeLessThanOrEqualTo(1);
            // Once there is a decision, the state holds that one for ever.
            Decision decision = trace.decision();
            for (Step step : trace.steps()) {
                if (step.before() instanceof ApprovalState.Decided before) {
                    assertThat(before.file().decision()).isEqualTo(decision);
                    assertThat(step.transition().next()).isInstanceOf(ApprovalState.Decided.class);
                }
            }
        });
    }

    @Test
    void shouldKeepNobodyApprovesTheirOwn() {
        forAll(trace -> trace.facts(ReviewRecorded.class)
                .map(ReviewRecorded::review)
                .forEach(review -> {
                    var own = new HashSet<String>();
                    own.add(trace.request().verified().agent().value());
                    own.addAll(keys(trace.request().verified().owner()));
                    Person onBehalfOf = trace.request().verified().onBehalfOf();
                    if (onBehalfOf != null) {
                        own.addAll(keys(onBehalfOf));
                    }
                    assertThat(keys(review.reviewer().person())).doesNotContainAnyElementsOf(own);
                    assertThat(review.reviewer().groups()).doesNotContain("agents");
                    assertThat(review.digest()).isEqualTo(trace.request().digest());
                }));
    }

    @Test
    void shouldKeepDistinctHumans() {
        forAll(trace -> {
            List<Review> approvals = new ArrayList<>();
            for (Step step : trace.steps()) {
                step.transition().facts().stream()
                        .map(Fact::event)
                        .filter(ReviewRecorded.class::isInstance)
                        .map(ReviewRecorded.class::cast)
                        .map(ReviewRecorded::review)
                        .filter(review -> review.verb() == Review.Verb.APPROVE)
                        .forEach(approvals::add);
                boolean met = Placements.exists(trace.history().requirement(), approvals);
                switch (step.transition().next()) {
                    // Nobody waits for people who have all spoken: a requirement that can be met is met.
                    case ApprovalState.Pending pending -> assertThat(met).isFalse();
                    case ApprovalState.Granted granted -> {
                        boolean byPeople = granted.file().decision().decidedBy() == DecidedBy.PEOPLE;
                        assertThat(met).isEqualTo(byPeople);
                        assertThat(granted.file().decision().reviews())
                                .hasSize(
                                        byPeople
                                                ? Placements.places(
                                                        trace.history().requirement())
                                                : 0);
                    }
                    case ApprovalState.Refused refused -> {}
                    case ApprovalState.Unopened unopened -> {}
                }
            }
            var seen = new HashSet<String>();
            for (Review approval : approvals) {
                Set<String> keys = keys(approval.reviewer().person());
                assertThat(Collections.disjoint(seen, keys)).isTrue();
                seen.addAll(keys);
            }
        });
    }

    @Test
    void shouldKeepDenyStands() {
        forAll(trace -> {
            boolean rejected = trace.facts(ReviewRecorded.class)
                    .anyMatch(recorded -> recorded.review().verb() == Review.Verb.REJECT);
            Decision decision = trace.decision();
            if (rejected) {
                assertThat(decision).extracting(Decision::outcome).isEqualTo(Outcome.REJECTED);
            }
            if (decision != null && decision.outcome() != Outcome.ALLOWED) {
                assertThat(trace.facts(GrantRedeemed.class)).isEmpty();
            }
        });
    }

    @Test
    void shouldKeepNeverAllowedByFailure() {
        forAll(trace -> {
            Decision decision = trace.decision();
            if (decision == null || decision.outcome() != Outcome.ALLOWED) {
                return;
            }
            if (decision.decidedBy() == DecidedBy.POLICY) {
                assertThat(trace.history().verdict()).isInstanceOf(AutoAllowed.class);
                return;
            }
            ApprovalOpened opened =
                    trace.facts(ApprovalOpened.class).findFirst().orElseThrow();
            assertThat(decision.decidedBy()).isEqualTo(DecidedBy.PEOPLE);
            assertThat(decision.decidedAt()).isBefore(opened.expiresAt());
            assertThat(opened.expiresAt())
                    .isBeforeOrEqualTo(trace.history()
                            .verdict()
                            .assessment()
                            .assessedAt()
                            .plus(trace.history().requirement().deadline()));
            if (trace.request().deadline() != null) {
                assertThat(opened.expiresAt()).isBeforeOrEqualTo(trace.request().deadline());
            }
        });
    }

    @Test
    void shouldKeepNothingRunsWithoutGrant() {
        forAll(trace -> {
            assertThat(trace.facts(GrantRedeemed.class)).hasSizeLessThanOrEqualTo(1);
            assertThat(trace.facts(ActionExecuted.class)).hasSizeLessThanOrEqualTo(1);
            trace.facts(GrantRedeemed.class).forEach(redeemed -> {
                Decision decision = Objects.requireNonNull(trace.decision());
                assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
                assertThat(redeemed.digest()).isEqualTo(trace.request().digest());
                assertThat(redeemed.agent())
                        .isEqualTo(trace.request().verified().agent());
                assertThat(redeemed.redeemedAt())
                        .isBetween(decision.decidedAt(), decision.decidedAt().plus(History.GRANT_LIFETIME));
            });
            trace.facts(ActionExecuted.class)
                    .forEach(executed -> assertThat(trace.facts(GrantRedeemed.class)
                                    .map(GrantRedeemed::redeemedAt)
                                    .filter(redeemedAt -> !redeemedAt.isAfter(executed.executedAt())))
                            .hasSize(1));
            long told = trace.steps().stream()
                    .filter(step -> step.transition().answer() instanceof RedemptionAnswer.Redeemed)
                    .count();
            assertThat(trace.facts(GrantRedeemed.class)).hasSize((int) told);
            long refused = trace.steps().stream()
                    .filter(step -> step.transition().answer() instanceof RedemptionAnswer.Refused)
                    .count();
            assertThat(trace.facts(GrantMisused.class)).hasSize((int) refused);
        });
    }

    @Test
    void shouldAnswerARepeatedReviewAsBefore() {
        forAll(trace -> {
            Map<ReviewId, ReviewAnswer> answers = new HashMap<>();
            for (Step step : trace.steps()) {
                if (step.command() instanceof Command.Submit submit
                        && step.transition().answer() instanceof ReviewAnswer answer
                        && !(answer instanceof ReviewAnswer.Kept)) {
                    ReviewAnswer first = answers.putIfAbsent(submit.review().id(), answer);
                    if (first != null) {
                        assertThat(answer).isEqualTo(first);
                        assertThat(step.transition().facts()).isEmpty();
                    }
                }
            }
        });
    }

    @Test
    void shouldPutEveryAnsweredReviewOnRecordOnce() {
        forAll(trace -> {
            List<ReviewId> onRecord = Stream.concat(
                            trace.facts(ReviewRecorded.class).map(ReviewRecorded::review),
                            trace.facts(ReviewRefused.class).map(ReviewRefused::review))
                    .map(Review::id)
                    .toList();
            assertThat(onRecord).doesNotHaveDuplicates();
            ApprovalState last = trace.steps().getLast().transition().next();
            if (!(last instanceof ApprovalState.Unopened)) {
                trace.steps().stream()
                        .map(Step::command)
                        .filter(Command.Submit.class::isInstance)
                        .map(command -> ((Command.Submit) command).review().id())
                        .forEach(id -> assertThat(onRecord).contains(id));
            }
        });
    }

    @Test
    void shouldGiveEveryFactAnIdOfItsOwn() {
        forAll(trace -> {
            List<EventId> ids = trace.steps().stream()
                    .flatMap(step -> step.transition().facts().stream())
                    .map(Fact::id)
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
        });
    }

    @Test
    void shouldBeAFunction() {
        forAll(trace -> trace.steps()
                .forEach(step -> assertThat(decider.decide(step.before(), step.command()))
                        .isEqualTo(step.transition())));
    }

    @Test
    void shouldReachEveryEnd() {
        // Given
        Map<ApprovalView.State, Integer> ends = new EnumMap<>(ApprovalView.State.class);
        Map<ReviewRefused.Cause, Integer> refusals = new EnumMap<>(ReviewRefused.Cause.class);
        Map<GrantMisused.Cause, Integer> misuses = new EnumMap<>(GrantMisused.Cause.class);

        // When
        forAll(trace -> {
            ApprovalView.of(trace.steps().getLast().transition().next())
                    .ifPresent(view -> ends.merge(view.state(), 1, Integer::sum));
            trace.facts(ReviewRefused.class).forEach(refused -> refusals.merge(refused.cause(), 1, Integer::sum));
            trace.facts(GrantMisused.class).forEach(misused -> misuses.merge(misused.cause(), 1, Integer::sum));
        });

        // Then the other properties are about something: each end and each refusal was met often.
        System.out.printf(
                "%d histories: %s%n  reviews refused: %s%n  grants misused: %s%n", HISTORIES, ends, refusals, misuses);
        assertThat(ends).containsOnlyKeys(ApprovalView.State.values());
        assertThat(refusals).containsOnlyKeys(ReviewRefused.Cause.values());
        assertThat(misuses).containsOnlyKeys(GrantMisused.Cause.values());
        assertThat(Stream.of(ends, refusals, misuses).flatMap(counts -> counts.values().stream()))
                .allSatisfy(count -> assertThat(count).isGreaterThan(HISTORIES / 2_000));
    }

    private void forAll(Consumer<Trace> property) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            Trace trace = run(History.of(seed));
            try {
                property.accept(trace);
            } catch (AssertionError e) {
                throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), trace.steps()), e);
            }
        }
    }

    private Trace run(History history) {
        var steps = new ArrayList<Step>();
        ApprovalState state = ApprovalState.Unopened.empty();
        for (Command command : history.commands()) {
            Transition<? extends Answer> transition = decider.decide(state, command);
            steps.add(new Step(command, state, transition));
            state = transition.next();
        }
        return new Trace(history, steps);
    }

    private static Set<String> keys(Person person) {
        var keys = new HashSet<String>();
        keys.add(person.subject().toLowerCase(Locale.ROOT));
        if (person.email() != null) {
            keys.add(person.email().toLowerCase(Locale.ROOT));
        }
        return keys;
    }
}
