package io.obstat.contracts.event;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;
import java.time.Instant;

/**
 * From now on people can decide.
 *
 * @param expiresAt when it ends without them
 */
public record ApprovalOpened(
        ActionId actionId, ActionDigest digest, Requirement requirement, Instant openedAt, Instant expiresAt)
        implements ActionEvent {

    public ApprovalOpened {
        Required.present("actionId", actionId);
        Required.present("digest", digest);
        Required.present("requirement", requirement);
        Required.present("openedAt", openedAt);
        Required.present("expiresAt", expiresAt);
    }
}
