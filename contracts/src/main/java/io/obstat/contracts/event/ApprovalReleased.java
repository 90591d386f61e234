package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;

/** Whoever was looking at it no longer is. */
public record ApprovalReleased(ActionId actionId, Review review, Instant releasedAt) implements ActionEvent {

    public ApprovalReleased {
        Required.present("actionId", actionId);
        Required.present("review", review);
        Required.present("releasedAt", releasedAt);
    }
}
