/**
 * Seeded simulation of the core, its outbox and what readers see, in a world that delivers twice, late and in another order, with the
 * invariants of the design by name. Start at {@link io.obstat.decision.simulation.SimulationTest}.
 */
@NullMarked
package io.obstat.decision.simulation;

import org.jspecify.annotations.NullMarked;
