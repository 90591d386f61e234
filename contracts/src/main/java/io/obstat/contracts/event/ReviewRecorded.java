package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vote that counts: an approval or a rejection.
 *
 * @param standsFor the person whose delegate the reviewer is, when they are asked for that reason only
 * @param progress how far each slot is, in the requirement's order
 */
public record ReviewRecorded(
        ActionId actionId, Review review, @Nullable Person standsFor, List<SlotProgress> progress, Instant recordedAt)
        implements ActionEvent {

    public ReviewRecorded {
        Required.present("actionId", actionId);
        Required.present("review", review);
        progress = Required.list("progress", progress, 8);
        Required.present("recordedAt", recordedAt);
    }

    /**
     * How far one slot is.
     *
     * @param slot what is asked
     * @param filled how many distinct people have filled it; 0 to {@code slot.approvals}
     */
    public record SlotProgress(Requirement.Slot slot, int filled) {

        public SlotProgress {
            Required.present("progress.slot", slot);
            if (filled < 0 || filled > slot.approvals()) {
                throw new InvalidFieldException("progress.filled", "is %d of %d".formatted(filled, slot.approvals()));
            }
        }
    }
}
