/** The announcement of the policy set in force, on {@code obstat.policies}. */
@NullMarked
package io.obstat.policy.kafka;

import org.jspecify.annotations.NullMarked;
