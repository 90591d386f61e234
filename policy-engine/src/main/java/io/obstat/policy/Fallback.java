package io.obstat.policy;

import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Risk;

/**
 * What holds for an action that no rule covers, and for one that a rule could not be judged on.
 *
 * @param risk taken for granted when nobody named one
 * @param requirement who must approve
 */
public record Fallback(Risk risk, Requirement requirement) {

    public Fallback {
        Required.present("risk", risk);
        Required.present("require", requirement);
    }
}
