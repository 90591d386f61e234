package io.obstat.decision.simulation;

import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Fact;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came up in the histories, and how often. */
final class Tally {

    final Map<ApprovalView.State, Integer> ends = new EnumMap<>(ApprovalView.State.class);
    final Map<ReviewRefused.Cause, Integer> refusals = new EnumMap<>(ReviewRefused.Cause.class);
    final Map<GrantMisused.Cause, Integer> misuses = new EnumMap<>(GrantMisused.Cause.class);
    private final Map<Class<?>, Integer> facts = new HashMap<>();
    private final Map<Class<?>, Integer> answers = new HashMap<>();
    private long firstSeed;
    private long histories;
    private long commands;
    private long lost;
    private long repeats;
    private long crashes;
    private Duration took = Duration.ZERO;

    void ran(long first, long number, Duration time) {
        firstSeed = first;
        histories = number;
        took = time;
    }

    /** With what came up in others. */
    void add(Tally other) {
        other.ends.forEach((what, count) -> ends.merge(what, count, Integer::sum));
        other.refusals.forEach((what, count) -> refusals.merge(what, count, Integer::sum));
        other.misuses.forEach((what, count) -> misuses.merge(what, count, Integer::sum));
        other.facts.forEach((what, count) -> facts.merge(what, count, Integer::sum));
        other.answers.forEach((what, count) -> answers.merge(what, count, Integer::sum));
        commands += other.commands;
        lost += other.lost;
        repeats += other.repeats;
        crashes += other.crashes;
    }

    void count(Trace trace) {
        List<Step> steps = trace.steps();
        var reached = EnumSet.noneOf(ApprovalView.State.class);
        for (Step step : steps) {
            ApprovalView.of(step.next()).ifPresent(view -> reached.add(view.state()));
            answers.merge(step.transition().answer().getClass(), 1, Integer::sum);
            step.transition().facts().forEach(this::count);
        }
        reached.forEach(state -> ends.merge(state, 1, Integer::sum));
        commands += steps.size();
        lost += trace.lost().size();
        repeats += trace.wire().repeats();
        crashes += trace.wire().crashes();
    }

    private void count(Fact fact) {
        facts.merge(fact.event().getClass(), 1, Integer::sum);
        if (fact.event() instanceof ReviewRefused refused) {
            refusals.merge(refused.cause(), 1, Integer::sum);
        }
        if (fact.event() instanceof GrantMisused misused) {
            misuses.merge(misused.cause(), 1, Integer::sum);
        }
    }

    /** For whoever wants to know what was looked at. */
    String table(List<Invariant> invariants, Map<String, Finding> findings) {
        var table = new StringBuilder();
        table.append("%,d histories (seeds %d to %d), %,d commands in %,d ms%n"
                .formatted(histories, firstSeed, firstSeed + histories - 1, commands, took.toMillis()));
        table.append("%,d commands lost before the commit, %,d crashes of a sender, %,d facts sent again%n%n"
                .formatted(lost, crashes, repeats));
        for (Invariant invariant : invariants) {
            Finding finding = findings.get(invariant.name());
            table.append("%-32s %,14d  %s%n"
                    .formatted(
                            invariant.name(),
                            invariant.exercised(),
                            finding == null ? "holds" : "BROKEN by history " + finding.number()));
        }
        row(table, "states reached", ends);
        row(table, "reviews refused", refusals);
        row(table, "grants misused", misuses);
        row(table, "facts", byName(facts));
        row(table, "answers", byName(answers));
        return table.toString();
    }

    private static Map<String, Integer> byName(Map<Class<?>, Integer> counts) {
        var named = new TreeMap<String, Integer>();
        counts.forEach((type, count) -> named.put(type.getName().replaceFirst(".*\\.", ""), count));
        return named;
    }

    private static void row(StringBuilder table, String name, Map<?, Integer> counts) {
        table.append("%n%s%n".formatted(name));
        counts.forEach((what, count) -> table.append("  %-30s %,14d%n".formatted(what, count)));
    }
}
