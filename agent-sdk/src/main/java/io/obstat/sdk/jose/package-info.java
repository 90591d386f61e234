/** Signatures: Ed25519 by the keys that decision-service publishes, and proofs of the agent's own key. */
@NullMarked
package io.obstat.sdk.jose;

import org.jspecify.annotations.NullMarked;
