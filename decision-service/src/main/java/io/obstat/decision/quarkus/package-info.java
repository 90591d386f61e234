/** Configuration, and the core put together with what it needs. */
@NullMarked
package io.obstat.decision.quarkus;

import org.jspecify.annotations.NullMarked;
