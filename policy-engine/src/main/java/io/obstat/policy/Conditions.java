package io.obstat.policy;

import io.obstat.contracts.event.ActionRequested;
import java.time.Instant;
import java.util.List;

/** The conditions of a policy set's rules. */
public interface Conditions {

    /**
     * What each rule's condition says to this request, in the order of the rules. Total and bounded: whatever the request holds, it neither
     * throws nor runs without end; a condition that fails or takes too long is {@link Finding.Undecided}.
     */
    List<Finding> test(ActionRequested request, Instant now);
}
