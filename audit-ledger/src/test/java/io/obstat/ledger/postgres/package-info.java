@NullMarked
package io.obstat.ledger.postgres;

import org.jspecify.annotations.NullMarked;
