/** Configuration and the objects made from it at start. */
@NullMarked
package io.obstat.intake.quarkus;

import org.jspecify.annotations.NullMarked;
