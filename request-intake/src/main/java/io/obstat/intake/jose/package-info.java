/** Intents, authenticated by the signature of a registered agent key. */
@NullMarked
package io.obstat.intake.jose;

import org.jspecify.annotations.NullMarked;
