/** Who calls, as the OIDC issuer says: a person or an agent, never both. */
@NullMarked
package io.obstat.decision.oidc;

import org.jspecify.annotations.NullMarked;
