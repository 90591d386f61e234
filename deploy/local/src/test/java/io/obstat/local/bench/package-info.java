@NullMarked
package io.obstat.local.bench;

import org.jspecify.annotations.NullMarked;
