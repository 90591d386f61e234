/** The order of effects: keep the request, publish it, note that it is published, wait for the decision. */
@NullMarked
package io.obstat.intake.reactive;

import org.jspecify.annotations.NullMarked;
