@NullMarked
package io.obstat.local.broker;

import org.jspecify.annotations.NullMarked;
