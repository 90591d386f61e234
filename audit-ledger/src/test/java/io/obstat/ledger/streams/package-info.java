@NullMarked
package io.obstat.ledger.streams;

import org.jspecify.annotations.NullMarked;
