@NullMarked
package io.obstat.local;

import org.jspecify.annotations.NullMarked;
