@NullMarked
package io.obstat.decision.quarkus;

import org.jspecify.annotations.NullMarked;
