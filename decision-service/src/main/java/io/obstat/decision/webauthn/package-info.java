/**
 * Security keys and passkeys (WebAuthn): a person who is signed in shows once more, for one thing that they do, that it is them.
 * {@link io.obstat.decision.webauthn.StepUp} asks for a key and judges its answer, {@link io.obstat.decision.webauthn.KeyRing} keeps the
 * keys; what is cryptography is left to the library webauthn4j, behind {@link io.obstat.decision.webauthn.Ceremony}.
 */
@NullMarked
package io.obstat.decision.webauthn;

import org.jspecify.annotations.NullMarked;
