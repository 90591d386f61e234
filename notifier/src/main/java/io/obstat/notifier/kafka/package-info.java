/** Events in, events out. */
@NullMarked
package io.obstat.notifier.kafka;

import org.jspecify.annotations.NullMarked;
