/** Where people and agents are served: the ports that the HTTP API and the inbox use, asynchronous by Mutiny. */
@NullMarked
package io.obstat.decision.desk;

import org.jspecify.annotations.NullMarked;
