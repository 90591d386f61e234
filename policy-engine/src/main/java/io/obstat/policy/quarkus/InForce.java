package io.obstat.policy.quarkus;

import io.obstat.policy.Policy;
import java.time.Instant;

/**
 * The policy of this instance.
 *
 * @param since by this instance's clock. INVARIANT: taken before the first verdict, so that none is older than the set that it names
 */
record InForce(Policy policy, Instant since) {}
