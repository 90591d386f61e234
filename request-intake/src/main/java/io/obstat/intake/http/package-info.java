/** The HTTP door. */
@NullMarked
package io.obstat.intake.http;

import org.jspecify.annotations.NullMarked;
