package io.obstat.contracts;

import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people must do before an action is allowed: every slot filled, in time. One person fills one place, whatever groups they are in.
 *
 * @param slots at least one, at most 8, with at most 20 approvals in all
 * @param deadline how long people have, counted from the verdict; 1 second to 30 days
 * @param rejections how many distinct people have to reject before it is rejected; 1 to 10, and usually 1
 * @param assurance how a person has to be identified at least for their review to count; absent when any way will do
 * @param reasonFor the verbs for which a reason has to be given, beside those that always need one
 * @param reminders how long after the verdict those who have not answered are reminded; rising, before the deadline; at most 5
 * @param escalations whom else is asked, in this order; at most 5
 * @param breakGlass who may allow it at once in an emergency; absent when nobody may
 * @param limits how much one agent may ask of people; absent when there is no limit
 */
public record Requirement(
        List<Slot> slots,
        Duration deadline,
        int rejections,
        @Nullable Identification assurance,
        List<Verb> reasonFor,
        List<Duration> reminders,
        List<Escalation> escalations,
        @Nullable BreakGlass breakGlass,
        @Nullable Limits limits) {

    public static final int MOST_REJECTIONS = 10;
    private static final int MOST_APPROVALS = 20;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
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
        bounded("deadline", deadline, SHORTEST, LONGEST);
        between("rejections", rejections, MOST_REJECTIONS);
        reasonFor = Required.list("reasonFor", reasonFor, Verb.values().length);
        reminders = Required.list("reminders", reminders, 5);
        Duration last = Duration.ZERO;
        for (Duration reminder : reminders) {
            if (reminder.compareTo(last) <= 0 || reminder.compareTo(deadline) >= 0) {
                throw new InvalidFieldException(
                        "reminders",
                        "are %s; each must be later than the one before and earlier than the deadline, %s"
                                .formatted(reminders, deadline));
            }
            last = reminder;
        }
        escalations = Required.list("escalations", escalations, 5);
    }

    /** So many people in time, one rejection ends it, and nothing else. */
    public Requirement(List<Slot> slots, Duration deadline) {
        this(slots, deadline, 1, null, List.of(), List.of(), List.of(), null, null);
    }

    /** Every group that it names, whatever for. Not on the wire: it is what the wire says anyway. */
    public Set<String> groups() {
        var groups = new LinkedHashSet<String>();
        slots.forEach(slot -> groups.add(slot.group()));
        escalations.forEach(step -> groups.add(step.group()));
        if (breakGlass != null) {
            groups.add(breakGlass.group());
            groups.add(breakGlass.signedBy().group());
        }
        return groups;
    }

    /** Whether a review with this verb has to say why. */
    public boolean wantsReason(Verb verb) {
        return verb.needsReason() || reasonFor.contains(verb);
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
            between("slots.approvals", approvals, 10);
        }
    }

    /**
     * Another group is asked as well: from then on its members can fill a place of any slot. The number of people stays the same.
     *
     * @param group 1 to 100 characters
     * @param after how long after the verdict it is asked of itself; absent when only a person escalates to it
     */
    public record Escalation(String group, @Nullable Duration after) {

        public Escalation {
            Required.text("escalations.group", group, 100);
            if (after != null) {
                bounded("escalations.after", after, SHORTEST, LONGEST);
            }
        }
    }

    /**
     * An emergency: one person allows at once, and others look at it afterwards.
     *
     * @param group whose members may; 1 to 100 characters
     * @param signedBy who has to sign afterwards: distinct people, never the one who did it
     * @param within how long they have; 1 second to 30 days. Until all have signed after that, whoever did it may not do it again
     */
    public record BreakGlass(String group, Slot signedBy, Duration within) {

        public BreakGlass {
            Required.text("breakGlass.group", group, 100);
            Required.present("breakGlass.signedBy", signedBy);
            bounded("breakGlass.within", within, SHORTEST, LONGEST);
        }
    }

    /**
     * What keeps people from being worn out.
     *
     * @param pending how many requests of one agent may wait for people at once; 1 to 1,000
     * @param cooldown how long an agent whose request was rejected has to wait before it may ask for the like (same type and resource)
     *     again; absent when it need not
     */
    public record Limits(int pending, @Nullable Duration cooldown) {

        public Limits {
            between("limits.pending", pending, 1_000);
            if (cooldown != null) {
                bounded("limits.cooldown", cooldown, SHORTEST, LONGEST);
            }
        }
    }

    private static void between(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidFieldException(field, "is %d; it must be 1 to %d".formatted(value, most));
        }
    }

    private static void bounded(String field, @Nullable Duration value, Duration least, Duration most) {
        Required.present(field, value);
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            throw new InvalidFieldException(field, "is %s; it must be between %s and P30D".formatted(value, least));
        }
    }
}
