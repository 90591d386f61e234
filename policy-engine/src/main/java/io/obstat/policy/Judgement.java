package io.obstat.policy;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of a set, sorted by what their conditions found.
 *
 * @param grounded whether a rule applies for what was asked and verified, not for what was claimed
 */
record Judgement(
        PolicySet set,
        List<Rule> denying,
        List<Rule> requiring,
        List<Rule> allowing,
        List<UndecidedRule> undecided,
        boolean grounded) {

    private static final int MOST_RULES = 50;

    /** A rule of which nobody knows whether it applies. */
    record UndecidedRule(Rule rule, Finding.Reason reason) {}

    static Judgement of(PolicySet set, List<Finding> findings) {
        if (findings.size() != set.rules().size()) {
            throw new IllegalArgumentException("%d findings for %d rules; test every condition once"
                    .formatted(findings.size(), set.rules().size()));
        }
        List<Rule> denying = new ArrayList<>();
        List<Rule> requiring = new ArrayList<>();
        List<Rule> allowing = new ArrayList<>();
        List<UndecidedRule> undecided = new ArrayList<>();
        boolean grounded = false;
        for (int i = 0; i < findings.size(); i++) {
            Rule rule = set.rules().get(i);
            switch (findings.get(i)) {
                case Finding.Applies() -> {
                    grounded = true;
                    switch (rule.then()) {
                        case Consequence.Deny deny -> denying.add(rule);
                        case Consequence.Require require -> requiring.add(rule);
                        case Consequence.Allow allow -> allowing.add(rule);
                    }
                }
                case Finding.AppliesByClaim() -> {
                    switch (rule.then()) {
                        case Consequence.Deny deny -> denying.add(rule);
                        case Consequence.Require require -> requiring.add(rule);
                        case Consequence.Allow allow -> {
                            // INVARIANT: what an agent claims never allows anything.
                        }
                    }
                }
                case Finding.DoesNotApply() -> {}
                case Finding.Undecided(Finding.Reason reason) -> undecided.add(new UndecidedRule(rule, reason));
            }
        }
        return new Judgement(
                set,
                List.copyOf(denying),
                List.copyOf(requiring),
                List.copyOf(allowing),
                List.copyOf(undecided),
                grounded);
    }

    Verdict verdict(ActionRequested request, Instant now) {
        if (!denying.isEmpty()) {
            return denied(request, Explanation.denied(this), now);
        }
        // INVARIANT: an action is allowed only when a rule says so, no other says otherwise, and every rule could be
        // judged.
        if (!allowing.isEmpty() && requiring.isEmpty() && undecided.isEmpty()) {
            return new AutoAllowed(request, assessment(request, Explanation.allowed(this), now));
        }
        Optional<Requirement> requirement = Requirements.strictest(requirements());
        return requirement.isPresent()
                ? new ApprovalRequired(request, assessment(request, Explanation.required(this), now), requirement.get())
                : denied(request, Explanation.tooMuch(this), now);
    }

    /** Whether the fallback counts beside what the rules ask. */
    boolean fallsBack() {
        return !undecided.isEmpty() || !grounded;
    }

    private AutoDenied denied(ActionRequested request, String explanation, Instant now) {
        List<Consequence.Deny> denials = denying.stream()
                .map(Rule::then)
                .filter(Consequence.Deny.class::isInstance)
                .map(Consequence.Deny.class::cast)
                .toList();
        return new AutoDenied(
                request,
                assessment(request, explanation, now),
                denials.stream()
                        .map(Consequence.Deny::saferAlternative)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                denials.stream()
                        .map(Consequence.Deny::retryAfter)
                        .filter(Objects::nonNull)
                        .max(Duration::compareTo)
                        .orElse(null));
    }

    private List<Requirement> requirements() {
        // A rule that might apply asks for as much as if it did.
        Stream<Requirement> ofRules = Stream.concat(
                        requiring.stream(), undecided.stream().map(UndecidedRule::rule))
                .map(Rule::then)
                .filter(Consequence.Require.class::isInstance)
                .map(then -> ((Consequence.Require) then).requirement());
        Stream<Requirement> otherwise = fallsBack() ? Stream.of(set.fallback().requirement()) : Stream.empty();
        return Stream.concat(ofRules, otherwise).toList();
    }

    private Assessment assessment(ActionRequested request, String explanation, Instant now) {
        return new Assessment(
                set.titles().of(request.action()),
                risk(),
                matched().map(Rule::matched).limit(MOST_RULES).toList(),
                explanation,
                set.digest(),
                now);
    }

    private Risk risk() {
        Stream<Risk> named = Stream.concat(matched(), undecided.stream().map(UndecidedRule::rule))
                .map(Rule::risk);
        Stream<Risk> otherwise = fallsBack() ? Stream.of(set.fallback().risk()) : Stream.empty();
        return Stream.concat(named, otherwise)
                .max(Comparator.naturalOrder())
                .orElse(set.fallback().risk());
    }

    /** Every rule that applies, the strongest first. */
    private Stream<Rule> matched() {
        return Stream.of(denying, requiring, allowing).flatMap(List::stream);
    }
}
