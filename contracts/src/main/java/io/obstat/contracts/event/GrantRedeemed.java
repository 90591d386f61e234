package io.obstat.contracts.event;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Required;
import java.time.Instant;

/** The agent took up its grant, for exactly this digest; from now on the grant is used up. */
public record GrantRedeemed(ActionId actionId, GrantId grant, AgentId agent, ActionDigest digest, Instant redeemedAt)
        implements ActionEvent {

    public GrantRedeemed {
        Required.present("actionId", actionId);
        Required.present("grant", grant);
        Required.present("agent", agent);
        Required.present("digest", digest);
        Required.present("redeemedAt", redeemedAt);
    }
}
