package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import org.jspecify.annotations.Nullable;

/**
 * Who this client is, as its access token says it: the digest of an action depends on it.
 *
 * @param agent the agent's id, the token's {@code sub} (or {@code act.sub} when it acts for a person)
 * @param onBehalfOf the person the agent acts for, the token's {@code sub}, if it acts for one
 */
public record AgentIdentity(AgentId agent, @Nullable Person onBehalfOf) {

    /** The digest of this action when this agent does it. */
    public ActionDigest digestOf(Action action) {
        return ActionDigest.of(agent, onBehalfOf, action);
    }
}
