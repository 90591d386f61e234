package io.obstat.policy.yaml;

import io.obstat.contracts.Quoted;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands under {@code require}: slots and deadline, and what else a rule may ask for. */
final class RequireSection {

    private static final Map<String, Identification> IDENTIFICATIONS = Words.of(Identification.values());
    private static final Map<String, Verb> VERBS = Words.of(Verb.values());

    private RequireSection() {}

    static Requirement read(Section section) throws PolicyFileException {
        List<Slot> slots = new ArrayList<>();
        for (Section slot : section.sections("slots")) {
            slots.add(slot(slot));
        }
        Duration deadline = section.duration("deadline");
        int rejections = section.optionalWholeNumber("rejections", 1);
        Identification assurance = section.optionalOneOf("assurance", IDENTIFICATIONS);
        List<Verb> reasonFor = section.eachOneOf("reasonFor", VERBS);
        List<Duration> reminders = section.durations("reminders");
        List<Escalation> escalations = escalations(section);
        BreakGlass breakGlass = breakGlass(section.optionalSection("breakGlass"));
        Limits limits = limits(section.optionalSection("limits"));
        section.requireNothingElse();
        return section.build(() -> new Requirement(
                slots, deadline, rejections, assurance, reasonFor, reminders, escalations, breakGlass, limits));
    }

    private static Slot slot(Section section) throws PolicyFileException {
        String group = section.text("group");
        int approvals = section.wholeNumber("approvals");
        section.requireNothingElse();
        return section.build(() -> new Slot(group, approvals));
    }

    private static List<Escalation> escalations(Section require) throws PolicyFileException {
        List<Escalation> escalations = new ArrayList<>();
        Set<String> groups = new HashSet<>();
        for (Section section : require.optionalSections("escalations")) {
            String group = section.text("group");
            Duration after = section.optionalDuration("after");
            section.requireNothingElse();
            escalations.add(section.build(() -> new Escalation(group, after)));
            if (!groups.add(group)) {
                throw section.wrong("group", "is %s, which is named before; keep one".formatted(Quoted.of(group)));
            }
        }
        return escalations;
    }

    private static @Nullable BreakGlass breakGlass(@Nullable Section section) throws PolicyFileException {
        if (section == null) {
            return null;
        }
        String group = section.text("group");
        Slot signedBy = slot(section.section("signedBy"));
        Duration within = section.duration("within");
        section.requireNothingElse();
        return section.build(() -> new BreakGlass(group, signedBy, within));
    }

    private static @Nullable Limits limits(@Nullable Section section) throws PolicyFileException {
        if (section == null) {
            return null;
        }
        int pending = section.wholeNumber("pending");
        Duration cooldown = section.optionalDuration("cooldown");
        section.requireNothingElse();
        return section.build(() -> new Limits(pending, cooldown));
    }
}
