package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far a requirement is met. Each person fills one place of one slot, placed by augmenting paths (a maximum bipartite matching), so
 * that the requirement is met whenever any placement meets it: somebody who can fill two slots is moved out of the way of somebody who can
 * fill one.
 */
final class Quorum {

    private final Requirement requirement;
    private final List<List<Review>> places;

    private Quorum(Requirement requirement) {
        this.requirement = requirement;
        this.places = new ArrayList<>();
        requirement.slots().forEach(slot -> places.add(new ArrayList<>()));
    }

    static Quorum of(Requirement requirement, List<Review> reviews) {
        var quorum = new Quorum(requirement);
        var seen = new ArrayList<Review>();
        for (Review review : reviews) {
            // INVARIANT: DistinctHumans. Two reviews of one person are one person.
            boolean another = seen.stream().noneMatch(earlier -> samePerson(earlier, review));
            if (review.verb() == Review.Verb.APPROVE && another) {
                seen.add(review);
                quorum.place(review, new HashSet<>());
            }
        }
        return quorum;
    }

    static boolean samePerson(Review one, Review other) {
        return one.reviewer().person().isAlso(other.reviewer().person());
    }

    boolean met() {
        return progress().stream().allMatch(slot -> slot.filled() == slot.slot().approvals());
    }

    /** In the requirement's order. */
    List<SlotProgress> progress() {
        var progress = new ArrayList<SlotProgress>();
        for (int i = 0; i < places.size(); i++) {
            progress.add(
                    new SlotProgress(requirement.slots().get(i), places.get(i).size()));
        }
        return List.copyOf(progress);
    }

    /** The approvals that fill a place; at most 20, as a requirement asks for no more. */
    List<Review> placed() {
        return places.stream().flatMap(List::stream).toList();
    }

    private boolean place(Review review, Set<Integer> tried) {
        for (int i = 0; i < places.size(); i++) {
            if (fits(review, i) && tried.add(i)) {
                List<Review> slot = places.get(i);
                if (slot.size() < requirement.slots().get(i).approvals() || makeRoom(slot, tried)) {
                    slot.add(review);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean makeRoom(List<Review> slot, Set<Integer> tried) {
        for (Review occupant : List.copyOf(slot)) {
            if (place(occupant, tried)) {
                slot.remove(occupant);
                return true;
            }
        }
        return false;
    }

    private boolean fits(Review review, int slot) {
        return memberOf(review, requirement.slots().get(slot));
    }

    private static boolean memberOf(Review review, Slot slot) {
        return review.reviewer().groups().contains(slot.group());
    }
}
