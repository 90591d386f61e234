/** Signatures: decisions and grants as JWTs (EdDSA), signed by Bouncy Castle because the JDK's Ed25519 is some twenty times slower. */
@NullMarked
package io.obstat.decision.jose;

import org.jspecify.annotations.NullMarked;
