/** The agent registry, read from its file. */
@NullMarked
package io.obstat.intake.yaml;

import org.jspecify.annotations.NullMarked;
