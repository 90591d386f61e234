package io.obstat.sdk;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where actions are asked for: request-intake. */
public interface Actions {

    /**
     * Asks. Repeats after trouble on the way, always under the same key, so that it asks once.
     *
     * @param key the idempotency key
     * @param wait how long the answer may be held for a decision; zero for not at all
     * @throws RefusedException when the request is not acceptable as it is
     * @throws UnreachableException when there was no answer in the time allowed; asking again under the same key is safe
     */
    Accepted submit(ActionDraft draft, String key, Duration wait) throws InterruptedException;

    /**
     * Takes a request back, so that nobody need decide it.
     *
     * @throws RefusedException when it is decided already, or not this agent's
     * @throws UnreachableException when there was no answer in the time allowed
     */
    void withdraw(ActionId action, @Nullable String reason) throws InterruptedException;

    /**
     * The request is on record.
     *
     * @param digest of the action as the service understood it
     * @param decision when it came within the wait; not yet checked
     */
    record Accepted(
            ActionId id, ActionDigest digest, @Nullable Decision decision) {}
}
