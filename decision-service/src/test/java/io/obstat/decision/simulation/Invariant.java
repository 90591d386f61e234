package io.obstat.decision.simulation;

import io.obstat.decision.Fact;
import io.obstat.decision.simulation.Trace.Step;
import java.util.function.Supplier;

/** Something that must hold in every history, under the name that the design gives it. Looks at what came to pass, and at who is who. */
abstract class Invariant {

    private long exercised;

    final String name() {
        return getClass().getSimpleName();
    }

    /** How often it had something to say: what was never exercised proves nothing. */
    final long exercised() {
        return exercised;
    }

    final void add(Invariant other) {
        exercised += other.exercised;
    }

    /** Another history begins. */
    void begin() {}

    /** @param before what is known of the action before this fact */
    void fact(Reading before, Step step, Fact fact) {}

    /** @param after what is known of the action after this step */
    void step(Reading after, Step step) {}

    void end(Reading last, Trace trace) {}

    /** Holds, and said something. */
    final void require(boolean holds, Supplier<String> otherwise) {
        exercised++;
        if (!holds) {
            throw new Violation(name(), otherwise.get());
        }
    }
}
