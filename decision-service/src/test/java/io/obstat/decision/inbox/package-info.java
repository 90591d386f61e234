/** Tests of the inbox. */
@NullMarked
package io.obstat.decision.inbox;

import org.jspecify.annotations.NullMarked;
