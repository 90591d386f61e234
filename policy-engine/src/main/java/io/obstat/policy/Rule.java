package io.obstat.policy;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Assessment.MatchedRule;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.contracts.Risk;

/**
 * One rule of a policy set.
 *
 * @param id its name in the set: lower-case letters, digits and dashes; 1 to 100 characters
 * @param when the condition, in CEL; 1 to {@value #LONGEST_WHEN} characters
 * @param then what follows when it applies
 * @param risk how much harm such an action can do
 * @param because why the rule exists, for the reviewer and the agent to read; 1 to 500 characters
 */
public record Rule(String id, String when, Consequence then, Risk risk, String because) {

    public static final int LONGEST_WHEN = 4_000;

    public Rule {
        Required.text("id", id, 100);
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidFieldException(
                    "id",
                    "must be lower-case words of letters and digits with dashes between, such as export-customers");
        }
        Required.text("when", when, LONGEST_WHEN);
        Required.present("effect", then);
        Required.present("risk", risk);
        Required.text("because", because, 500);
    }

    public Effect effect() {
        return then.effect();
    }

    MatchedRule matched() {
        return new MatchedRule(id, effect(), because);
    }
}
