package io.obstat.sdk;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import java.time.Duration;
import java.util.Optional;

/** Where decisions come from: decision-service by HTTP, or the topic {@code obstat.decisions}. */
public interface Decisions {

    /**
     * The decision on this action, as soon as there is one. Trouble on the way (a restart of the service, say) is waited out.
     *
     * @param within how long to wait
     * @return the decision, not yet checked; empty when there was none in time
     * @throws RefusedException when this agent may not see it
     * @throws UnreachableException when nothing could be heard at all until the end of the wait
     */
    Optional<Decision> await(ActionId action, Duration within) throws InterruptedException;
}
