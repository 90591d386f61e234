/**
 * The directory of people and agents as it is written down: what its file says, what SCIM provisions, who stands for whom and which agents are
 * suspended. What is read from it is a {@link io.obstat.decision.Roster}.
 */
@NullMarked
package io.obstat.decision.directory;

import org.jspecify.annotations.NullMarked;
