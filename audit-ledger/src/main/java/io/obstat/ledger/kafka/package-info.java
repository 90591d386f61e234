/** Reads the committed entries back, to fill the views; and what is configured about Kafka. */
@NullMarked
package io.obstat.ledger.kafka;

import org.jspecify.annotations.NullMarked;
