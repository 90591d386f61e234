/** Signatures: Ed25519 by the keys that decision-service publishes. */
@NullMarked
package io.obstat.sdk.jose;

import org.jspecify.annotations.NullMarked;
