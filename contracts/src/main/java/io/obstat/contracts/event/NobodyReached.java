package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import java.time.Instant;

/** Nobody could be told of the approval, and nobody has come of themselves. Raised while there is still time to do something about it. */
public record NobodyReached(ActionId actionId, Instant expiresAt, Instant raisedAt) implements ActionEvent {

    public NobodyReached {
        Required.present("actionId", actionId);
        Required.present("expiresAt", expiresAt);
        Required.present("raisedAt", raisedAt);
    }
}
