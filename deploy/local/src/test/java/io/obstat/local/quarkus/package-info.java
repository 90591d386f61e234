@NullMarked
package io.obstat.local.quarkus;

import org.jspecify.annotations.NullMarked;
