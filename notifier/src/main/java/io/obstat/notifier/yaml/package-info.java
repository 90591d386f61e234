/** The file that says who is told. */
@NullMarked
package io.obstat.notifier.yaml;

import org.jspecify.annotations.NullMarked;
