package io.obstat.policy;

import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Verdict;
import java.time.Instant;

/**
 * A policy set with its conditions ready to be tested.
 *
 * @param conditions of {@code set}'s rules, in their order
 */
public record Policy(PolicySet set, Conditions conditions) {

    /** What policy says to this request. Total and bounded, as {@link Conditions#test} is. */
    public Verdict judge(ActionRequested request, Instant now) {
        return set.judge(request, conditions.test(request, now), now);
    }
}
