/** The ledger as a Kafka Streams topology: every event topic in, entries and current views out, one transaction a commit. */
@NullMarked
package io.obstat.ledger.streams;

import org.jspecify.annotations.NullMarked;
