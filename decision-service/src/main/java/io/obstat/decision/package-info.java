/**
 * The decision: what state an action's approval is in, what each command does to it, and what follows. Pure: JDK and contracts only, no
 * clock, no randomness, no I/O. Start at {@link io.obstat.decision.Decider}.
 */
@NullMarked
package io.obstat.decision;

import org.jspecify.annotations.NullMarked;
