package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From now on another group is asked as well.
 *
 * @param group whose members can fill a place from now on; 1 to 100 characters
 * @param review of the person who wanted it; absent when its time had come
 */
public record ApprovalEscalated(
        ActionId actionId, String group, @Nullable Review review, Instant escalatedAt) implements ActionEvent {

    public ApprovalEscalated {
        Required.present("actionId", actionId);
        Required.text("group", group, 100);
        Required.present("escalatedAt", escalatedAt);
    }
}
