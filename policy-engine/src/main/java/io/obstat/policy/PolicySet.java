package io.obstat.policy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Verdict;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules in force, and what holds where none applies.
 *
 * @param name 1 to 100 characters
 * @param digest {@code sha256:} and 64 hex digits, over the bytes of its source
 * @param titles what actions are called
 * @param fallback what holds when no rule covers an action
 * @param rules at most 1,000, each id once; their order does not matter to a verdict
 */
public record PolicySet(String name, String digest, Titles titles, Fallback fallback, List<Rule> rules) {

    public PolicySet {
        Required.text("policySet", name, 100);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new InvalidFieldException(
                    "policySet", "must be a name of letters, digits, dots, dashes and underscores");
        }
        Required.text("digest", digest, 100);
        Required.present("titles", titles);
        Required.present("default", fallback);
        rules = Required.list("rules", rules, 1_000);
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new InvalidFieldException(
                        "rules", "name %s twice; give each rule an id of its own".formatted(rule.id()));
            }
        }
    }

    /**
     * What policy says to this request, given what each condition says to it. Deny beats require, the strictest requirement wins, then allow; a
     * rule that could not be judged, or no rule at all, means that people decide.
     *
     * @param findings one for each rule, in the order of the rules
     * @throws IllegalArgumentException when there are not as many findings as rules
     */
    public Verdict judge(ActionRequested request, List<Finding> findings, Instant now) {
        return Judgement.of(this, findings).verdict(request, now);
    }

    /** The ids of its rules, in order. */
    public List<String> ruleIds() {
        return rules.stream().map(Rule::id).toList();
    }
}
