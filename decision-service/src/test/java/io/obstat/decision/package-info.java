@NullMarked
package io.obstat.decision;

import org.jspecify.annotations.NullMarked;
