package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import java.util.ArrayList;
import java.util.List;

/** Whether distinct people fill every place of a requirement, by trying every placement: slow, short, and not the way the core does it. */
final class Placements {

    private Placements() {}

    static int places(Requirement requirement) {
        return requirement.slots().stream().mapToInt(Slot::approvals).sum();
    }

    static boolean exists(Requirement requirement, List<Review> people) {
        var places = new ArrayList<String>();
        requirement.slots().forEach(slot -> {
            for (int i = 0; i < slot.approvals(); i++) {
                places.add(slot.group());
            }
        });
        return fill(places, people);
    }

    private static boolean fill(List<String> places, List<Review> people) {
        if (places.isEmpty()) {
            return true;
        }
        List<String> rest = places.subList(1, places.size());
        for (int i = 0; i < people.size(); i++) {
            if (people.get(i).reviewer().groups().contains(places.getFirst())) {
                var others = new ArrayList<>(people);
                others.remove(i);
                if (fill(rest, others)) {
                    return true;
                }
            }
        }
        return false;
    }
}
