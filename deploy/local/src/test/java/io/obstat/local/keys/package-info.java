@NullMarked
package io.obstat.local.keys;

import org.jspecify.annotations.NullMarked;
