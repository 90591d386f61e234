/** The Kafka door, the topic {@code obstat.actions}, and the decisions that come back. */
@NullMarked
package io.obstat.intake.kafka;

import org.jspecify.annotations.NullMarked;
