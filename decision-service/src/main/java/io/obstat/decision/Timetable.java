package io.obstat.decision;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Revoked;
import io.obstat.decision.ApprovalState.Run;
import io.obstat.decision.ApprovalState.TakenUp;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ApprovalState.Unused;
import io.obstat.decision.Course.Reassessment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What time alone brings about, and when it next will. */
record Timetable(Terms terms) {

    /** How long somebody else may still be reached after the first could not be: channels are tried side by side. */
    private static final Duration OTHERS_TURN = Duration.ofMinutes(1);

    /** What had come due by then, and the approval after it. */
    record Elapsed(Pending pending, List<Fact> facts) {}

    /**
     * When time next brings something about in this state; empty when it never will. Circumstances may bring it about earlier.
     */
    Optional<Instant> due(ApprovalState state) {
        return switch (state) {
            case Unopened unopened -> Optional.empty();
            case Pending pending ->
                Stream.of(
                                Optional.of(pending.expiresAt()),
                                nextReminder(pending),
                                nextEscalation(pending).map(Due::at),
                                alarm(pending),
                                Optional.ofNullable(pending.course().awaited()).map(Reassessment::again))
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo);
            case Granted granted ->
                Stream.concat(due(granted).stream(), due(granted.glass()).stream())
                        .min(Instant::compareTo);
            case Refused refused -> Optional.empty();
        };
    }

    /** Reminders and escalations that have come due while people could decide, in the order of their times, and that nobody is reached. */
    static Elapsed elapse(Pending before, Circumstances at) {
        Instant now = at.now();
        var facts = new ArrayList<Fact>();
        Pending pending = before;
        while (true) {
            Optional<Instant> reminder = nextReminder(pending).filter(due -> !due.isAfter(now));
            Optional<Due> escalation =
                    nextEscalation(pending).filter(due -> !due.at().isAfter(now));
            boolean reminderFirst = reminder.isPresent()
                    && escalation.map(due -> !due.at().isBefore(reminder.get())).orElse(true);
            if (reminderFirst) {
                pending = pending.with(pending.course().remindedAgain());
                facts.add(reminded(pending, at));
            } else if (escalation.isPresent()) {
                String group = escalation.get().group();
                pending = pending.with(pending.course().escalatedTo(group));
                facts.add(Fact.of(
                        new ApprovalEscalated(pending.request().actionId(), group, null, now),
                        pending.verdict().assessment()));
            } else {
                return raised(pending, facts, now);
            }
        }
    }

    private static Elapsed raised(Pending pending, List<Fact> facts, Instant now) {
        if (alarm(pending).filter(due -> !due.isAfter(now)).isEmpty()) {
            return new Elapsed(pending, facts);
        }
        Course course = pending.course();
        Fact nobody = Fact.of(new NobodyReached(pending.request().actionId(), pending.expiresAt(), now));
        return new Elapsed(
                pending.with(course.delivered(course.delivery().nowRaised())), ReviewLog.plus(facts, nobody));
    }

    /** Asks policy again when another policy set has come into force, once for each, and once for each answer by a replaced one. */
    static Elapsed reassess(Pending pending, Circumstances at) {
        Reassessment awaited = pending.course().awaited();
        if (awaited == null) {
            Assessment spoken = pending.verdict().assessment();
            return at.policyChangedSince(spoken)
                    ? ask(pending, new Reassessment(pending.request(), null), spoken.assessedAt(), at)
                    : new Elapsed(pending, List.of());
        }
        Instant again = awaited.again();
        return again == null || at.now().isBefore(again)
                ? new Elapsed(pending, List.of())
                : ask(pending, new Reassessment(awaited.request(), awaited.edit()), again, at);
    }

    private static Elapsed ask(Pending pending, Reassessment reassessment, Instant cause, Circumstances at) {
        // Who changed the inputs is on record already.
        var asked = new ReassessmentRequested(pending.request().actionId(), reassessment.request(), null, at.now());
        return new Elapsed(
                pending.with(pending.course().awaiting(reassessment)), List.of(Fact.of(asked, String.valueOf(cause))));
    }

    private static Fact reminded(Pending pending, Circumstances at) {
        Quorum quorum = pending.panel(at).quorum(pending.log().votes());
        return Fact.of(new ApprovalReminded(
                pending.request().actionId(), pending.course().reminders(), quorum.progress(), at.now()));
    }

    /** A group and when its turn comes. */
    private record Due(String group, Instant at) {}

    private static Optional<Instant> nextReminder(Pending pending) {
        List<Duration> reminders = pending.verdict().requirement().reminders();
        int sent = pending.course().reminders();
        return sent < reminders.size() ? Optional.of(start(pending).plus(reminders.get(sent))) : Optional.empty();
    }

    /** The earliest of the groups that are not asked yet and have a time; policy's order tells two of the same time apart. */
    private static Optional<Due> nextEscalation(Pending pending) {
        Requirement requirement = pending.verdict().requirement();
        Due next = null;
        for (Escalation step : requirement.escalations()) {
            Duration after = step.after();
            if (after != null && !pending.course().escalated().contains(step.group())) {
                Instant at = start(pending).plus(after);
                next = next == null || at.isBefore(next.at()) ? new Due(step.group(), at) : next;
            }
        }
        return Optional.ofNullable(next);
    }

    /** When it is raised that nobody is reached: while there is still time to do something about it. */
    private static Optional<Instant> alarm(Pending pending) {
        Instant failedAt = pending.course().delivery().failedAt();
        if (failedAt == null || pending.course().delivery().raised() || !pending.unreached()) {
            return Optional.empty();
        }
        Duration half = Duration.between(failedAt, pending.expiresAt()).dividedBy(2);
        return Optional.of(failedAt.plus(half.compareTo(OTHERS_TURN) < 0 ? half : OTHERS_TURN));
    }

    private static Instant start(Pending pending) {
        return pending.verdict().assessment().assessedAt();
    }

    /** When a granted one is overdue, unless that is on record. */
    Optional<Instant> due(Granted granted) {
        return switch (granted.use()) {
            case Unused unused ->
                unused.overdue()
                        ? Optional.empty()
                        : Optional.of(granted.grant().expiresAt());
            case TakenUp taken ->
                taken.overdue()
                        ? Optional.empty()
                        : Optional.of(taken.redeemed().redeemedAt().plus(terms.reportWithin()));
            case Run run -> Optional.empty();
            case Revoked revoked -> Optional.empty();
        };
    }

    static Optional<Instant> due(@Nullable Glass glass) {
        return glass == null || glass.overdue() || glass.missing() == 0 ? Optional.empty() : Optional.of(glass.dueAt());
    }
}
