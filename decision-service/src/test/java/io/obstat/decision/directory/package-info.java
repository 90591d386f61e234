@NullMarked
package io.obstat.decision.directory;

import org.jspecify.annotations.NullMarked;
