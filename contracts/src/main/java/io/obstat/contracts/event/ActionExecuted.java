package io.obstat.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a redeemed grant, as the agent reports it.
 *
 * @param asked whether people were asked, or told that they would be; when not, nobody waits for it
 * @param summary what happened, in the agent's words; at most 1,000 characters
 */
public record ActionExecuted(
        ActionId actionId,
        GrantId grant,
        AgentId agent,
        boolean asked,
        Result result,
        @Nullable String summary,
        Instant executedAt)
        implements ActionEvent {

    /** How a run ended. */
    public enum Result {
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED
    }

    public ActionExecuted {
        Required.present("actionId", actionId);
        Required.present("grant", grant);
        Required.present("agent", agent);
        Required.present("result", result);
        Required.optionalText("summary", summary, 1_000);
        Required.present("executedAt", executedAt);
    }
}
