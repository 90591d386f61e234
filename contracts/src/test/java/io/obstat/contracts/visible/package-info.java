@NullMarked
package io.obstat.contracts.visible;

import org.jspecify.annotations.NullMarked;
