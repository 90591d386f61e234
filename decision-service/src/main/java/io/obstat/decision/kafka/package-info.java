/** Verdicts, withdrawals and reviews in; facts out. */
@NullMarked
package io.obstat.decision.kafka;

import org.jspecify.annotations.NullMarked;
