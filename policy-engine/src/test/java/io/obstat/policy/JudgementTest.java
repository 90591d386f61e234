package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Finding APPLIES = new Finding.Applies();
    private static final Requirement FALLBACK = require(Duration.ofHours(1), new Slot("platform", 1));

    @Test
    void shouldMergeTheSlotsOfAllRulesThatRequire() {
        // Given
        Rule one =
                rule("one", new Consequence.Require(require(Duration.ofHours(2), new Slot("a", 2), new Slot("b", 1))));
        Rule two = rule(
                "two", new Consequence.Require(require(Duration.ofMinutes(5), new Slot("a", 1), new Slot("c", 1))));
        // When
        Verdict verdict = judge(List.of(one, two), List.of(APPLIES, APPLIES));
        // Then
        assertThat(verdict).isInstanceOfSatisfying(ApprovalRequired.class, approval -> {
            assertThat(approval.requirement())
                    .isEqualTo(require(Duration.ofMinutes(5), new Slot("a", 2), new Slot("b", 1), new Slot("c", 1)));
            assertThat(approval.assessment().explanation()).isEqualTo("One has a reason. Two has a reason.");
        });
    }

    @Test
    void shouldAskTheFallbackAsWellWhenARuleCouldNotBeJudged() {
        // Given a rule that allows, one that denies but fails, and one that requires but fails
        Rule allow = rule("allow", new Consequence.Allow());
        Rule deny = rule("deny", new Consequence.Deny(null, null));
        Rule require = rule("require", new Consequence.Require(require(Duration.ofMinutes(5), new Slot("oncall", 1))));
        // When
        Verdict verdict = judge(
                List.of(allow, deny, require),
                List.of(
                        APPLIES,
                        new Finding.Undecided(Reason.MISSING_FIELD),
                        new Finding.Undecided(Reason.TOO_COSTLY)));
        // Then
        assertThat(verdict).isInstanceOfSatisfying(ApprovalRequired.class, approval -> {
            assertThat(approval.requirement())
                    .isEqualTo(require(Duration.ofMinutes(5), new Slot("oncall", 1), new Slot("platform", 1)));
            assertThat(approval.assessment().rules())
                    .extracting(MatchedRule::id)
                    .containsExactly("allow");
            assertThat(approval.assessment().explanation())
                    .isEqualTo(
                            "The rule deny could not be judged, because it reads a field that the request does not have."
                                    + " The rule require could not be judged, because judging it took longer than it may.");
        });
    }

    @Test
    void shouldGiveTheFirstAlternativeAndTheLongestWaitOfAllDenials() {
        // Given
        Rule one = rule("one", new Consequence.Deny(null, Duration.ofHours(1)));
        Rule two = rule("two", new Consequence.Deny("archive it", Duration.ofHours(3)));
        Rule three = rule("three", new Consequence.Deny("ask somebody", null));
        // When
        Verdict verdict = judge(List.of(one, two, three), List.of(APPLIES, APPLIES, APPLIES));
        // Then
        assertThat(verdict).isInstanceOfSatisfying(AutoDenied.class, denied -> {
            assertThat(denied.saferAlternative()).isEqualTo("archive it");
            assertThat(denied.retryAfter()).isEqualTo(Duration.ofHours(3));
            assertThat(denied.assessment().explanation())
                    .isEqualTo("One has a reason. Two has a reason. Three has a reason.");
        });
    }

    @Test
    void shouldDenyWhenTheRulesTogetherAskForMoreThanARequestCanGather() {
        // Given nine rules that each ask another group
        List<Rule> rules = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> rule(
                        "rule-" + i, new Consequence.Require(require(Duration.ofHours(1), new Slot("group-" + i, 1)))))
                .toList();
        // When
        Verdict verdict = judge(rules, rules.stream().map(rule -> APPLIES).toList());
        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        AutoDenied.class,
                        denied -> assertThat(denied.assessment().explanation())
                                .contains("more approvals than one request can gather"));
    }

    @Test
    void shouldAllowOnTheWordOfARule() {
        // Given
        Rule rule = rule("reads", new Consequence.Allow());
        // When
        Verdict verdict = judge(List.of(rule), List.of(APPLIES));
        // Then
        assertThat(verdict).isInstanceOfSatisfying(AutoAllowed.class, allowed -> {
            assertThat(allowed.assessment().explanation()).isEqualTo("Reads has a reason.");
            assertThat(allowed.assessment().assessedAt()).isEqualTo(Requests.NOW);
        });
    }

    @Test
    void shouldRefuseFindingsThatAreNotOneForEachRule() {
        // Given
        Rule rule = rule("reads", new Consequence.Allow());
        // When, Then
        assertThatThrownBy(() -> judge(List.of(rule), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 findings for 1 rules; test every condition once");
    }

    private static Verdict judge(List<Rule> rules, List<Finding> findings) {
        var set = new PolicySet(
                "test",
                "sha256:" + "0".repeat(64),
                new Titles(Map.of(), Map.of()),
                new Fallback(Risk.MEDIUM, FALLBACK),
                rules);
        return set.judge(Requests.export(), findings, Requests.NOW);
    }

    private static Rule rule(String id, Consequence then) {
        return new Rule(id, "true", then, Risk.LOW, id + " has a reason.");
    }

    private static Requirement require(Duration deadline, Slot... slots) {
        return new Requirement(List.of(slots), deadline);
    }
}
