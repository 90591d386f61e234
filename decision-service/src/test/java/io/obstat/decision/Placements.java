package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether distinct people fill every place of a requirement, by trying every placement: slow, short, and not the way the core does it. */
public final class Placements {

    private Placements() {}

    /** For each place the groups whose members can fill it. */
    public static List<Set<String>> places(Requirement requirement, Collection<String> standIns) {
        var places = new ArrayList<Set<String>>();
        for (Slot slot : requirement.slots()) {
            var groups = new HashSet<>(standIns);
            groups.add(slot.group());
            for (int i = 0; i < slot.approvals(); i++) {
                places.add(groups);
            }
        }
        return places;
    }

    /** @param people the groups of each */
    public static boolean exist(List<Set<String>> places, List<Set<String>> people) {
        if (places.isEmpty()) {
            return true;
        }
        if (people.size() < places.size()) {
            return false;
        }
        List<Set<String>> rest = places.subList(1, places.size());
        for (int i = 0; i < people.size(); i++) {
            if (people.get(i).stream().anyMatch(places.getFirst()::contains)) {
                var others = new ArrayList<>(people);
                others.remove(i);
                if (exist(rest, others)) {
                    return true;
                }
            }
        }
        return false;
    }
}
