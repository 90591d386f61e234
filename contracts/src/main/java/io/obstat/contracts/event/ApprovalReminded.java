package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Instant;
import java.util.List;

/**
 * Those who have not answered are reminded.
 *
 * @param number of this reminder, from 1
 * @param progress how far each slot is, in the requirement's order
 */
public record ApprovalReminded(ActionId actionId, int number, List<SlotProgress> progress, Instant remindedAt)
        implements ActionEvent {

    public ApprovalReminded {
        Required.present("actionId", actionId);
        if (number < 1) {
            throw new InvalidFieldException("number", "is %d; it must be at least 1".formatted(number));
        }
        progress = Required.list("progress", progress, 8);
        Required.present("remindedAt", remindedAt);
    }
}
