package io.obstat.decision;

import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.ReviewRefused;
import java.util.List;

/** What a person is told about the review that they submitted. The same review gets the same answer again. */
public sealed interface ReviewAnswer extends Answer {

    /**
     * It counts.
     *
     * @param progress how far each slot was when it was recorded, in the requirement's order
     */
    record Recorded(List<SlotProgress> progress) implements ReviewAnswer {

        public Recorded {
            progress = List.copyOf(progress);
        }
    }

    /**
     * It was no vote, and it was done.
     *
     * @param said for the person, in full sentences; 1 to 500 characters
     */
    record Done(String said) implements ReviewAnswer {}

    /**
     * It does not count, and is on record.
     *
     * @param explanation for the person, in full sentences; 1 to 500 characters
     */
    record Refused(ReviewRefused.Cause cause, String explanation) implements ReviewAnswer {}

    /** The approval is not open yet. The review is kept and judged when it opens. */
    record Kept() implements ReviewAnswer {}

    /** There is no such approval. Nothing is kept. */
    record Unknown() implements ReviewAnswer {}
}
