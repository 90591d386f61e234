package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.util.ArrayList;
import java.util.Collections;
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
    private final Set<String> standIns;
    private final List<List<Voice>> places;

    private Quorum(Requirement requirement, Set<String> standIns) {
        this.requirement = requirement;
        this.standIns = standIns;
        this.places = new ArrayList<>();
        requirement.slots().forEach(slot -> places.add(new ArrayList<>()));
    }

    /**
     * Somebody who approves.
     *
     * @param keys every key of theirs, and of the one they stand for
     * @param groups in which they speak
     */
    record Voice(Review review, Set<String> keys, Set<String> groups) {

        boolean isOf(Voice other) {
            return !Collections.disjoint(keys, other.keys);
        }

        /** The same person's, who has spoken under other keys as well. */
        private Voice and(Voice later) {
            return new Voice(review, union(keys, later.keys), union(groups, later.groups));
        }
    }

    /**
     * @param standIns groups whose members can fill a place of any slot
     * @param voices those that count, oldest first
     */
    static Quorum of(Requirement requirement, Set<String> standIns, List<Voice> voices) {
        var quorum = new Quorum(requirement, standIns);
        // INVARIANT: DistinctHumans. Two voices of one person are one person.
        distinct(voices).forEach(voice -> quorum.place(voice, new HashSet<>()));
        return quorum;
    }

    /** One voice for each person: by their first review, and in every group in which they speak. */
    static List<Voice> distinct(List<Voice> voices) {
        var people = new ArrayList<Voice>();
        for (Voice voice : voices) {
            List<Voice> same = people.stream().filter(voice::isOf).toList();
            int place = same.isEmpty() ? people.size() : people.indexOf(same.getFirst());
            people.removeAll(same);
            people.add(
                    place,
                    same.stream()
                            .reduce(Voice::and)
                            .map(first -> first.and(voice))
                            .orElse(voice));
        }
        return people;
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

    /** The approvals that fill each slot, in the requirement's order. */
    List<List<Review>> bySlot() {
        return places.stream()
                .map(slot -> slot.stream().map(Voice::review).toList())
                .toList();
    }

    /** The approvals that fill a place; at most 20, as a requirement asks for no more. */
    List<Review> placed() {
        return places.stream().flatMap(List::stream).map(Voice::review).toList();
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        var union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }

    private boolean place(Voice voice, Set<Integer> tried) {
        for (int i = 0; i < places.size(); i++) {
            if (fits(voice, i) && tried.add(i)) {
                List<Voice> slot = places.get(i);
                if (slot.size() < requirement.slots().get(i).approvals() || makeRoom(slot, tried)) {
                    slot.add(voice);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean makeRoom(List<Voice> slot, Set<Integer> tried) {
        for (Voice occupant : List.copyOf(slot)) {
            if (place(occupant, tried)) {
                slot.remove(occupant);
                return true;
            }
        }
        return false;
    }

    private boolean fits(Voice voice, int slot) {
        return voice.groups().contains(requirement.slots().get(slot).group())
                || !Collections.disjoint(voice.groups(), standIns);
    }
}
