package io.obstat.decision.inbox;

import io.obstat.contracts.Person;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.visible.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One group that has to approve, and how far it is.
 *
 * @param group its name
 * @param filled approvals so far
 * @param approvals approvals needed
 * @param by who fills its places
 */
public record Needs(VisibleText group, int filled, int approvals, List<Party> by) {

    public Needs {
        by = List.copyOf(by);
    }

    public boolean full() {
        return filled == approvals;
    }

    /** One for each approval needed: true for those that are there. */
    public List<Boolean> pips() {
        return IntStream.range(0, approvals).mapToObj(i -> i < filled).toList();
    }

    /** @param placed the approvals that fill each slot, in the same order */
    static List<Needs> of(List<SlotProgress> progress, List<List<Review>> placed, Person reader) {
        var needs = new ArrayList<Needs>();
        for (int i = 0; i < progress.size(); i++) {
            SlotProgress slot = progress.get(i);
            needs.add(new Needs(
                    VisibleText.of(slot.slot().group()),
                    slot.filled(),
                    slot.slot().approvals(),
                    placed.get(i).stream()
                            .map(review -> Party.of(review.reviewer().person(), reader))
                            .toList()));
        }
        return needs;
    }

    /** What is still missing, such as {@code oncall 0 of 1}; empty when nothing is. */
    static String missing(List<SlotProgress> progress) {
        return progress.stream()
                .filter(slot -> slot.filled() < slot.slot().approvals())
                .map(slot -> "%s %d of %d"
                        .formatted(
                                VisibleText.of(slot.slot().group()).text(),
                                slot.filled(),
                                slot.slot().approvals()))
                .collect(Collectors.joining(", "));
    }
}
