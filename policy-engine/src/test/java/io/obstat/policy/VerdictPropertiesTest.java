package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Assessment.MatchedRule;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Verdict;
import io.obstat.policy.Finding.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContextBase;

/** The invariants of a verdict, each by its name, over generated policy sets and findings. */
class VerdictPropertiesTest {

    /** A rule's consequence and what its condition found. */
    record Judged(Consequence then, Risk risk, Finding finding) {

        boolean applies(Effect effect) {
            return then.effect() == effect
                    && (finding instanceof Finding.Applies
                            || finding instanceof Finding.AppliesByClaim && effect != Effect.ALLOW);
        }

        boolean undecided() {
            return finding instanceof Finding.Undecided;
        }
    }

    static final Requirement FALLBACK = new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1));

    @Group
    @Domain(Cases.class)
    class DenyBeatsRequire {

        @Property
        void shouldDenyWheneverARuleDenies(@ForAll List<Judged> cases) {
            // Given any rules, one of which denies
            boolean denied = cases.stream().anyMatch(judged -> judged.applies(Effect.DENY));
            // When
            Verdict verdict = verdict(cases);
            // Then
            if (denied) {
                assertThat(verdict).isInstanceOf(AutoDenied.class);
            }
        }
    }

    @Group
    @Domain(Cases.class)
    class RequireBeatsAllow {

        @Property
        void shouldNeverAllowWhenARuleRequires(@ForAll List<Judged> cases) {
            // Given any rules, one of which requires people
            boolean required = cases.stream().anyMatch(judged -> judged.applies(Effect.REQUIRE));
            // When
            Verdict verdict = verdict(cases);
            // Then
            if (required) {
                assertThat(verdict).isNotInstanceOf(AutoAllowed.class);
            }
        }
    }

    @Group
    @Domain(Cases.class)
    class StrictestRequirementWins {

        @Property
        void shouldFulfilEveryRequirementThatApplies(@ForAll List<Judged> cases) {
            // Given any rules, When
            Verdict verdict = verdict(cases);
            // Then
            if (verdict instanceof ApprovalRequired approval) {
                requirements(cases)
                        .forEach(asked -> StrictestRequirementTest.assertAsksForAsMuch(approval.requirement(), asked));
            }
        }

        @Property
        void shouldAskForNothingThatNoRequirementNames(@ForAll List<Judged> cases) {
            // Given any rules, When
            Verdict verdict = verdict(cases);
            // Then
            if (verdict instanceof ApprovalRequired approval) {
                List<Requirement> asked =
                        Stream.concat(requirements(cases), Stream.of(FALLBACK)).toList();
                approval.requirement()
                        .slots()
                        .forEach(slot -> assertThat(asked)
                                .anyMatch(requirement -> approvals(requirement, slot.group()) == slot.approvals()));
                assertThat(asked)
                        .anyMatch(requirement -> requirement
                                .deadline()
                                .equals(approval.requirement().deadline()));
            }
        }

        @Property
        void shouldNotDependOnTheOrderOfTheRules(@ForAll List<Judged> cases) {
            // Given any rules, and the same the other way round
            List<Judged> reversed = new ArrayList<>(cases).reversed();
            // When
            Verdict one = verdict(cases);
            Verdict other = verdict(reversed);
            // Then
            assertThat(other).hasSameClassAs(one);
            assertThat(other.assessment().risk()).isEqualTo(one.assessment().risk());
            if (one instanceof ApprovalRequired a && other instanceof ApprovalRequired b) {
                assertThat(b.requirement().slots())
                        .containsExactlyInAnyOrderElementsOf(a.requirement().slots());
                assertThat(b.requirement().deadline()).isEqualTo(a.requirement().deadline());
            }
        }
    }

    @Group
    @Domain(Cases.class)
    class NoMatchRequiresApproval {

        @Property
        void shouldAskTheFallbackWhenNothingApplies(@ForAll List<Judged> cases) {
            // Given rules of which none applies
            List<Judged> none = cases.stream()
                    .map(judged -> new Judged(judged.then(), judged.risk(), new Finding.DoesNotApply()))
                    .toList();
            // When
            Verdict verdict = verdict(none);
            // Then
            assertThat(verdict).isInstanceOfSatisfying(ApprovalRequired.class, approval -> {
                assertThat(approval.requirement()).isEqualTo(FALLBACK);
                assertThat(approval.assessment().rules()).isEmpty();
                assertThat(approval.assessment().explanation())
                        .isEqualTo("No rule of the policy set test covers this action, so people must decide.");
            });
        }

        @Property
        void shouldNeverAllowByAClaim(@ForAll List<Judged> cases) {
            // Given rules that apply, if at all, only by what the agent claims
            List<Judged> claimed = cases.stream()
                    .map(judged -> judged.finding() instanceof Finding.Applies
                            ? new Judged(judged.then(), judged.risk(), new Finding.AppliesByClaim())
                            : judged)
                    .toList();
            // When
            Verdict verdict = verdict(claimed);
            // Then
            assertThat(verdict).isNotInstanceOf(AutoAllowed.class);
            if (verdict instanceof ApprovalRequired approval) {
                assertThat(approvals(approval.requirement(), "platform")).isPositive();
            }
        }
    }

    @Group
    @Domain(Cases.class)
    class ErrorNeverAllows {

        @Property
        void shouldNeverAllowWhenARuleCouldNotBeJudged(@ForAll List<Judged> cases) {
            // Given any rules, one of which could not be judged
            boolean undecided = cases.stream().anyMatch(Judged::undecided);
            // When
            Verdict verdict = verdict(cases);
            // Then
            if (undecided) {
                assertThat(verdict).isNotInstanceOf(AutoAllowed.class);
                assertThat(verdict.assessment().explanation()).contains("could not be judged");
            }
        }

        @Property
        void shouldAllowOnlyWhenEveryRuleAgrees(@ForAll List<Judged> cases) {
            // Given any rules, When
            Verdict verdict = verdict(cases);
            // Then
            if (verdict instanceof AutoAllowed) {
                assertThat(cases)
                        .anyMatch(
                                judged -> judged.applies(Effect.ALLOW) && judged.finding() instanceof Finding.Applies);
                assertThat(cases)
                        .noneMatch(judged ->
                                judged.undecided() || judged.applies(Effect.DENY) || judged.applies(Effect.REQUIRE));
            }
        }
    }

    @Group
    @Domain(Cases.class)
    class EveryMatchIsNamed {

        @Property
        void shouldListEveryRuleThatAppliesAndTheHighestRisk(@ForAll List<Judged> cases) {
            // Given any rules, When
            Verdict verdict = verdict(cases);
            // Then
            List<String> applying = new ArrayList<>();
            Risk highest = Risk.LOW;
            for (int i = 0; i < cases.size(); i++) {
                Judged judged = cases.get(i);
                if (judged.applies(judged.then().effect())) {
                    applying.add("rule-" + i);
                    highest = judged.risk().compareTo(highest) > 0 ? judged.risk() : highest;
                }
            }
            assertThat(verdict.assessment().rules().stream().map(MatchedRule::id))
                    .containsExactlyInAnyOrderElementsOf(applying);
            assertThat(verdict.assessment().risk()).isGreaterThanOrEqualTo(highest);
            assertThat(verdict.assessment().explanation()).hasSizeLessThanOrEqualTo(1_000);
        }
    }

    static Verdict verdict(List<Judged> cases) {
        List<Rule> rules = new ArrayList<>();
        for (Judged judged : cases) {
            rules.add(new Rule(
                    "rule-" + rules.size(), "true", judged.then(), judged.risk(), "x".repeat(rules.size() * 40 + 1)));
        }
        var set = new PolicySet(
                "test",
                "sha256:" + "0".repeat(64),
                new Titles(Map.of(), Map.of()),
                new Fallback(Risk.LOW, FALLBACK),
                rules);
        return set.judge(Requests.export(), cases.stream().map(Judged::finding).toList(), Requests.NOW);
    }

    static Stream<Requirement> requirements(List<Judged> cases) {
        return cases.stream()
                .filter(judged -> judged.applies(Effect.REQUIRE) || judged.undecided())
                .map(Judged::then)
                .filter(Consequence.Require.class::isInstance)
                .map(then -> ((Consequence.Require) then).requirement());
    }

    static int approvals(Requirement requirement, String group) {
        return requirement.slots().stream()
                .filter(slot -> slot.group().equals(group))
                .mapToInt(Slot::approvals)
                .sum();
    }

    /** Generated rules with their findings. */
    static class Cases extends DomainContextBase {

        @Provide
        Arbitrary<List<Judged>> cases() {
            Arbitrary<Consequence> requires = new Demands().demand().map(Consequence.Require::new);
            Arbitrary<Consequence> consequences = Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.just(new Consequence.Deny("ask for less", Duration.ofHours(1)))),
                    Tuple.of(3, requires),
                    Tuple.of(4, Arbitraries.just(new Consequence.Allow())));
            Arbitrary<Finding> findings = Arbitraries.frequencyOf(
                    Tuple.of(5, Arbitraries.just(new Finding.Applies())),
                    Tuple.of(2, Arbitraries.just(new Finding.AppliesByClaim())),
                    Tuple.of(6, Arbitraries.just(new Finding.DoesNotApply())),
                    Tuple.of(1, Arbitraries.of(Reason.class).map(Finding.Undecided::new)));
            return Combinators.combine(consequences, Arbitraries.of(Risk.class), findings)
                    .as(Judged::new)
                    .list()
                    .ofMaxSize(12);
        }
    }
}
