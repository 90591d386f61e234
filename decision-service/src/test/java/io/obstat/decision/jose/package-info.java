@NullMarked
package io.obstat.decision.jose;

import org.jspecify.annotations.NullMarked;
