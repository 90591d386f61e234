package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;

/** Somebody is looking at it. Keeps nobody else from deciding. */
public record ApprovalClaimed(ActionId actionId, Review review, Instant claimedAt) implements ActionEvent {

    public ApprovalClaimed {
        Required.present("actionId", actionId);
        Required.present("review", review);
        Required.present("claimedAt", claimedAt);
    }
}
