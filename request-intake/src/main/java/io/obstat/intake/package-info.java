/** Who may ask, what a request is, and what becomes of it. Pure: no I/O, no clock, no randomness. */
@NullMarked
package io.obstat.intake;

import org.jspecify.annotations.NullMarked;
