@NullMarked
package io.obstat.decision.road;

import org.jspecify.annotations.NullMarked;
