/** What policy says to a request: pure, no input or output, no clock. Start reading at {@link io.obstat.policy.PolicySet#judge}. */
@NullMarked
package io.obstat.policy;

import org.jspecify.annotations.NullMarked;
