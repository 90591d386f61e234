package io.obstat.decision.mutants;

import io.obstat.decision.reactive.Crashes;
import io.obstat.decision.simulation.Finding;
import io.obstat.decision.simulation.Properties;
import java.util.HashMap;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Runs the properties over whatever core is on the class path, and says on the last line what they found. */
final class Trial {

    private static final long RUNS_OF_PUBLISHERS = 2_000;

    private Trial() {}

    public static void main(String[] args) {
        long histories = Long.parseLong(args[0]);
        LogManager.getLogManager().reset();
        Logger.getLogger("io.obstat").setLevel(Level.OFF);
        Optional<Finding> finding =
                Properties.look(histories).or(() -> Crashes.look(RUNS_OF_PUBLISHERS, new HashMap<>()));
        finding.ifPresent(found -> System.out.println(found.report()));
        System.out.println(finding.map(found -> "%s, case %,d".formatted(found.invariant(), found.number()))
                .orElse("SURVIVED"));
    }
}
