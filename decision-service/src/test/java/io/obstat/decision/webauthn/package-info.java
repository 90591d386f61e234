@org.jspecify.annotations.NullMarked
package io.obstat.decision.webauthn;
