/** The ledger itself: Merkle logs, leaves, the view of an action and the sentences about it. No Kafka, no database, no clock. */
@NullMarked
package io.obstat.ledger;

import org.jspecify.annotations.NullMarked;
