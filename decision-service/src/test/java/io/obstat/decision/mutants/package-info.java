/** Faults put into the core on purpose, to see that the tests find them. The patches lie in {@code src/test/mutants}. */
@NullMarked
package io.obstat.decision.mutants;

import org.jspecify.annotations.NullMarked;
