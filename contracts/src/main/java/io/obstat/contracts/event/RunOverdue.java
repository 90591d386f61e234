package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something was allowed, and nobody has said that it ran.
 *
 * @param asked whether people had been asked, as the decision says
 * @param redeemedAt when the grant was taken up; absent when it never was and no longer can be
 */
public record RunOverdue(
        ActionId actionId,
        GrantId grant,
        AgentId agent,
        boolean asked,
        @Nullable Instant redeemedAt,
        Instant raisedAt) implements ActionEvent {

    public RunOverdue {
        Required.present("actionId", actionId);
        Required.present("grant", grant);
        Required.present("agent", agent);
        Required.present("raisedAt", raisedAt);
    }
}
