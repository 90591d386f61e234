@NullMarked
package io.obstat.local.process;

import org.jspecify.annotations.NullMarked;
