@NullMarked
package io.obstat.local.cli;

import org.jspecify.annotations.NullMarked;
