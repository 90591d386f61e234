/** What an agent asks, read from JSON. */
@NullMarked
package io.obstat.intake.json;

import org.jspecify.annotations.NullMarked;
