/** Decisions straight from the topic, for agents that live beside Kafka. */
@NullMarked
package io.obstat.sdk.kafka;

import org.jspecify.annotations.NullMarked;
