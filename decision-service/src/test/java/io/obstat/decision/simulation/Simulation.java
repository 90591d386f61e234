package io.obstat.decision.simulation;

import io.obstat.decision.Decider;
import io.obstat.decision.Fact;
import io.obstat.decision.Terms;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs histories, each once, and asks every invariant about each. */
final class Simulation {

    static final Duration GRANT_LIFETIME = Duration.ofMinutes(15);
    static final Duration REPORT_WITHIN = Duration.ofMinutes(20);

    private final UnsteadyNotary notary = new UnsteadyNotary();
    private final Decider decider = new Decider(notary, new Terms(GRANT_LIFETIME, REPORT_WITHIN));
    private final List<Invariant> invariants = new ArrayList<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private long looked;

    Simulation() {
        invariants.addAll(DecisionInvariants.all());
        invariants.addAll(VotingInvariants.all());
        invariants.addAll(GrantInvariants.all());
        invariants.addAll(PolicyInvariants.all(decider));
        invariants.addAll(EmergencyInvariants.all());
        invariants.addAll(RecordInvariants.all(decider));
    }

    /** The history of this seed, by itself. */
    Trace trace(long seed) {
        return Life.of(seed, decider, notary);
    }

    /** Histories with these seeds, on every processor that there is. What is found does not depend on how many there are. */
    static Simulation of(long firstSeed, long histories) {
        long begin = System.nanoTime();
        int shares = (int) Math.min(Runtime.getRuntime().availableProcessors(), histories);
        List<Simulation> simulations = IntStream.range(0, shares)
                .parallel()
                .mapToObj(share -> {
                    var simulation = new Simulation();
                    long from = histories * share / shares;
                    simulation.looked = from;
                    simulation.run(firstSeed + from, histories * (share + 1) / shares - from);
                    return simulation;
                })
                .toList();
        Simulation all = simulations.getFirst();
        simulations.stream().skip(1).forEach(all::add);
        all.tally.ran(firstSeed, histories, Duration.ofNanos(System.nanoTime() - begin));
        return all;
    }

    void run(long firstSeed, long histories) {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            looked++;
            look(seed, looked);
        }
    }

    private void add(Simulation later) {
        for (int i = 0; i < invariants.size(); i++) {
            invariants.get(i).add(later.invariants.get(i));
        }
        later.findings.forEach(findings::putIfAbsent);
        tally.add(later.tally);
    }

    /** The first that broke each invariant. */
    Map<String, Finding> findings() {
        return findings;
    }

    List<Invariant> invariants() {
        return invariants;
    }

    Tally tally() {
        return tally;
    }

    private void look(long seed, long number) {
        Trace trace;
        try {
            trace = trace(seed);
        } catch (Violation violation) {
            found(violation.invariant(), seed, number, violation.getMessage(), "");
            return;
        } catch (RuntimeException e) {
            found("DecideIsAFunction", seed, number, "it fails: " + e, "");
            return;
        }
        tally.count(trace);
        try {
            read(trace);
        } catch (Violation violation) {
            found(violation.invariant(), seed, number, violation.getMessage(), trace.print());
        }
    }

    private void read(Trace trace) {
        var reading = new Reading(trace);
        invariants.forEach(Invariant::begin);
        for (Step step : trace.steps()) {
            for (Fact fact : step.transition().facts()) {
                for (Invariant invariant : invariants) {
                    invariant.fact(reading, step, fact);
                }
                reading.take(fact.event(), step);
            }
            reading.take(step);
            for (Invariant invariant : invariants) {
                invariant.step(reading, step);
            }
        }
        for (Invariant invariant : invariants) {
            invariant.end(reading, trace);
        }
    }

    private void found(String invariant, long seed, long number, String message, String trace) {
        String how = """
                To see it again: ./mvnw -Dquick -pl contracts,decision-service test -Dtest=SimulationTest \
                -Dsurefire.failIfNoSpecifiedTests=false -Dobstat.histories=1 -Dobstat.seed=%d
                %s""".formatted(seed, trace);
        findings.putIfAbsent(
                invariant,
                new Finding(invariant, number, "the history with seed %d: %s".formatted(seed, message), how));
    }
}
