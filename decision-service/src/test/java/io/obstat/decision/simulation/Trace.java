package io.obstat.decision.simulation;

import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.Command;
import io.obstat.decision.Fact;
import io.obstat.decision.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history as it went.
 *
 * @param first what policy said first
 * @param ties everything that was so at some time
 * @param logins those who showed up
 */
record Trace(
        long seed,
        Verdict first,
        List<Tie> ties,
        Map<io.obstat.contracts.Reviewer, Login> logins,
        List<Entry> entries,
        Wire wire) {

    /** A line of it. */
    sealed interface Entry {}

    /** Something changed around the action. */
    record Event(java.time.Instant at, String what) implements Entry {}

    /**
     * A command was done.
     *
     * @param lost the instance died before the commit: nothing has happened, and the sender tries again
     */
    record Step(Command command, ApprovalState before, Transition<? extends Answer> transition, boolean lost)
            implements Entry {

        ApprovalState next() {
            return transition.next();
        }

        <E> @Nullable E fact(Class<E> type) {
            for (Fact fact : transition.facts()) {
                if (type.isInstance(fact.event())) {
                    return type.cast(fact.event());
                }
            }
            return null;
        }
    }

    ActionRequested request() {
        return first.request();
    }

    /** What was committed, in order. */
    List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (Entry entry : entries) {
            if (entry instanceof Step step && !step.lost()) {
                steps.add(step);
            }
        }
        return steps;
    }

    List<Step> lost() {
        return entries.stream()
                .filter(entry -> entry instanceof Step step && step.lost())
                .map(Step.class::cast)
                .toList();
    }

    ApprovalState last() {
        return steps().getLast().next();
    }

    /** To be read by whoever looks for what went wrong. */
    String print() {
        var text = new StringBuilder();
        text.append("policy says first: ").append(first).append('\n');
        ties.forEach(tie -> text.append("  ")
                .append(tie)
                .append(tie.since().equals(Tie.EVER) ? "" : " from " + tie.since())
                .append(tie.until().equals(Tie.NEVER) ? "" : " until " + tie.until())
                .append('\n'));
        for (Entry entry : entries) {
            switch (entry) {
                case Event event ->
                    text.append(event.at()).append("  -- ").append(event.what()).append('\n');
                case Step step -> print(step, text);
            }
        }
        text.append("readers saw: ");
        wire.read().forEach(fact -> text.append(name(fact)).append(' '));
        return text.append('\n').toString();
    }

    private static void print(Step step, StringBuilder text) {
        text.append(step.command().now()).append("  ").append(Redelivery.describe(step.command()));
        text.append("\n      -> ").append(step.transition().answer());
        text.append(step.lost() ? "  LOST before commit" : "").append('\n');
        step.transition()
                .facts()
                .forEach(fact -> text.append("      * ")
                        .append(name(fact))
                        .append(' ')
                        .append(fact.event())
                        .append('\n'));
        text.append("      = ").append(step.next().getClass().getSimpleName()).append('\n');
    }

    private static String name(Fact fact) {
        return EventType.of(fact.event()).wireName();
    }
}
