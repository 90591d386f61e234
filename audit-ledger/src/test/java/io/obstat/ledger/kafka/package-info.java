@NullMarked
package io.obstat.ledger.kafka;

import org.jspecify.annotations.NullMarked;
