/** The facts that travel on Kafka, one record each; the record is the wire format. */
@NullMarked
package io.obstat.contracts.event;

import org.jspecify.annotations.NullMarked;
