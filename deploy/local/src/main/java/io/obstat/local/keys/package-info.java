/** Keys that are made on this machine at the first start, and the agent registry that names them. */
@NullMarked
package io.obstat.local.keys;

import org.jspecify.annotations.NullMarked;
