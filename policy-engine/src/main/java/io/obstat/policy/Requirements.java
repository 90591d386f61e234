package io.obstat.policy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several requirements at once. */
final class Requirements {

    private Requirements() {}

    /**
     * The strictest of all: every group that one of them names, with the most approvals that one of them asks of it, by the shortest deadline.
     * Whatever fulfils it fulfils each of them. Empty when no request can gather that much (see the bounds of {@link Requirement}).
     *
     * @param all at least one
     */
    static Optional<Requirement> strictest(List<Requirement> all) {
        Map<String, Integer> approvals = new LinkedHashMap<>();
        for (Requirement requirement : all) {
            // INVARIANT: a group that one requirement names twice is asked for both.
            Map<String, Integer> ofOne = new LinkedHashMap<>();
            requirement.slots().forEach(slot -> ofOne.merge(slot.group(), slot.approvals(), Integer::sum));
            ofOne.forEach((group, count) -> approvals.merge(group, count, Math::max));
        }
        Duration deadline =
                all.stream().map(Requirement::deadline).min(Duration::compareTo).orElseThrow();
        try {
            List<Slot> slots = approvals.entrySet().stream()
                    .map(slot -> new Slot(slot.getKey(), slot.getValue()))
                    .toList();
            return Optional.of(new Requirement(slots, deadline));
        } catch (InvalidFieldException tooMuch) {
            return Optional.empty();
        }
    }
}
