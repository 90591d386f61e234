package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The agent takes its request back.
 *
 * @param reason why, in the agent's words; at most 1,000 characters
 */
public record ActionWithdrawn(
        ActionId actionId, AgentId withdrawnBy, @Nullable String reason, Instant withdrawnAt) implements ActionEvent {

    public ActionWithdrawn {
        Required.present("actionId", actionId);
        Required.present("withdrawnBy", withdrawnBy);
        Required.optionalText("reason", reason, 1_000);
        Required.present("withdrawnAt", withdrawnAt);
    }
}
