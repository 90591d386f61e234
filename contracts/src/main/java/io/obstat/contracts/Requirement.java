package io.obstat.contracts;

import java.time.Duration;
import java.util.List;

/**
 * What people must do before an action is allowed: every slot filled, in time. One person fills one place, whatever groups they are in.
 *
 * @param slots at least one, at most 8, with at most 20 approvals in all
 * @param deadline how long people have, counted from the verdict; 1 second to 30 days
 */
public record Requirement(List<Slot> slots, Duration deadline) {

    private static final int MOST_APPROVALS = 20;
    private static final Duration LONGEST = Duration.ofDays(30);

    public Requirement {
        slots = Required.list("slots", slots, 8);
        if (slots.isEmpty()) {
            throw new InvalidFieldException("slots", "is empty; name at least one group that has to approve");
        }
        int approvals = slots.stream().mapToInt(Slot::approvals).sum();
        if (approvals > MOST_APPROVALS) {
            throw new InvalidFieldException(
                    "slots",
                    "ask for %d approvals in all, at most %d are allowed".formatted(approvals, MOST_APPROVALS));
        }
        Required.present("deadline", deadline);
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new InvalidFieldException("deadline", "is %s; it must be between PT1S and P30D".formatted(deadline));
        }
    }

    /**
     * So many people of one group.
     *
     * @param group whose members can fill it; 1 to 100 characters
     * @param approvals how many distinct people are needed; 1 to 10
     */
    public record Slot(String group, int approvals) {

        public Slot {
            Required.text("slots.group", group, 100);
            if (approvals < 1 || approvals > 10) {
                throw new InvalidFieldException("slots.approvals", "is %d; it must be 1 to 10".formatted(approvals));
            }
        }
    }
}
