/** {@code ./obstat bench}: measurements against a baseline in the same run. */
@NullMarked
package io.obstat.local.bench;

import org.jspecify.annotations.NullMarked;
