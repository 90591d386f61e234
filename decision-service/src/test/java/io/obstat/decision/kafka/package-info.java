@NullMarked
package io.obstat.decision.kafka;

import org.jspecify.annotations.NullMarked;
