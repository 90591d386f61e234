package io.obstat.decision.simulation;

import java.util.HashMap;
import java.util.Optional;

/** Everything that is generated, for whoever wants to know only whether something is found, and what first. */
public final class Properties {

    private static final long HISTORIES_AT_A_TIME = 100;

    private Properties() {}

    /** The first finding in so many histories, and in as many identity graphs. */
    public static Optional<Finding> look(long histories) {
        var simulation = new Simulation();
        for (long done = 0; done < histories && simulation.findings().isEmpty(); done += HISTORIES_AT_A_TIME) {
            simulation.run(1 + done, HISTORIES_AT_A_TIME);
        }
        return simulation.findings().values().stream()
                .findFirst()
                .or(() -> Separation.look(histories, new HashMap<>()));
    }
}
