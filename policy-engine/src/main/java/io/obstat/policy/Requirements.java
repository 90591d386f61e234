package io.obstat.policy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several requirements at once. */
final class Requirements {

    /** As many as a {@link Requirement} can hold. */
    private static final int MOST_REMINDERS = 5;

    private Requirements() {}

    /**
     * The strictest of all. Whatever fulfils it fulfils each of them, and nothing that one of them forbids is possible under it: what asks for
     * more is there when one of them has it, what makes deciding easier only when each of them has it. Empty when no request can gather so many
     * approvals (see the bounds of {@link Requirement}).
     *
     * @param all at least one; their order matters to the order of slots and escalations only
     */
    static Optional<Requirement> strictest(List<Requirement> all) {
        Duration deadline =
                each(all, Requirement::deadline).min(Duration::compareTo).orElseThrow();
        int rejections =
                each(all, Requirement::rejections).min(Integer::compare).orElseThrow();
        try {
            return Optional.of(new Requirement(
                    slots(all),
                    deadline,
                    rejections,
                    assurance(all),
                    reasonFor(all),
                    reminders(all, deadline),
                    escalations(all),
                    breakGlass(all),
                    limits(all)));
        } catch (InvalidFieldException tooMuch) {
            return Optional.empty();
        }
    }

    /** Every group that one of them names, with the most approvals that one of them asks of it. */
    private static List<Slot> slots(List<Requirement> all) {
        Map<String, Integer> approvals = new LinkedHashMap<>();
        for (Requirement requirement : all) {
            // INVARIANT: a group that one requirement names twice is asked for both.
            Map<String, Integer> ofOne = new LinkedHashMap<>();
            requirement.slots().forEach(slot -> ofOne.merge(slot.group(), slot.approvals(), Integer::sum));
            ofOne.forEach((group, count) -> approvals.merge(group, count, Math::max));
        }
        return approvals.entrySet().stream()
                .map(slot -> new Slot(slot.getKey(), slot.getValue()))
                .toList();
    }

    private static @Nullable Identification assurance(List<Requirement> all) {
        return each(all, Requirement::assurance).max(Comparator.naturalOrder()).orElse(null);
    }

    private static List<Verb> reasonFor(List<Requirement> all) {
        return all.stream()
                .flatMap(requirement -> requirement.reasonFor().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Duration> reminders(List<Requirement> all, Duration deadline) {
        return all.stream()
                .flatMap(requirement -> requirement.reminders().stream())
                .filter(reminder -> reminder.compareTo(deadline) < 0)
                .distinct()
                .sorted()
                .limit(MOST_REMINDERS)
                .toList();
    }

    /** The groups that each of them names, in the order of the first, each asked as late as one of them wants. */
    private static List<Escalation> escalations(List<Requirement> all) {
        List<Escalation> common = new ArrayList<>();
        for (Escalation first : all.getFirst().escalations()) {
            List<Escalation> same = all.stream()
                    .flatMap(requirement -> requirement.escalations().stream()
                            .filter(escalation -> escalation.group().equals(first.group()))
                            .limit(1))
                    .toList();
            // INVARIANT: an escalation widens who can decide, so one that a single requirement does not know is gone.
            if (same.size() == all.size()) {
                common.add(new Escalation(first.group(), latest(same)));
            }
        }
        return common;
    }

    /** Absent is later than any time: only a person asks them. */
    private static @Nullable Duration latest(List<Escalation> same) {
        List<Duration> known = each(same, Escalation::after).toList();
        return known.size() < same.size()
                ? null
                : known.stream().max(Duration::compareTo).orElseThrow();
    }

    /** Only when each of them allows it to the same people, and the same people have to sign. */
    private static @Nullable BreakGlass breakGlass(List<Requirement> all) {
        List<BreakGlass> allowed = each(all, Requirement::breakGlass).toList();
        // INVARIANT: whoever may break the glass may do so under every requirement.
        if (allowed.size() < all.size()
                || differ(allowed, BreakGlass::group)
                || differ(allowed, glass -> glass.signedBy().group())) {
            return null;
        }
        int signatures = each(allowed, glass -> glass.signedBy().approvals())
                .max(Integer::compare)
                .orElseThrow();
        Duration within =
                each(allowed, BreakGlass::within).min(Duration::compareTo).orElseThrow();
        BreakGlass one = allowed.getFirst();
        return new BreakGlass(one.group(), new Slot(one.signedBy().group(), signatures), within);
    }

    private static @Nullable Limits limits(List<Requirement> all) {
        List<Limits> set = each(all, Requirement::limits).toList();
        if (set.isEmpty()) {
            return null;
        }
        return new Limits(
                each(set, Limits::pending).min(Integer::compare).orElseThrow(),
                each(set, Limits::cooldown).max(Duration::compareTo).orElse(null));
    }

    private static <T> boolean differ(List<T> all, Function<T, String> group) {
        return all.stream().map(group).distinct().count() > 1;
    }

    /** What each of them says, of those that say anything. */
    private static <T, V> Stream<V> each(List<T> all, Function<T, @Nullable V> value) {
        return all.stream().map(value).filter(Objects::nonNull);
    }
}
