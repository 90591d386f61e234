/** Conditions in CEL, the Common Expression Language: type-checked and compiled once, evaluated within bounds. */
@NullMarked
package io.obstat.policy.cel;

import org.jspecify.annotations.NullMarked;
