@NullMarked
package io.obstat.ledger;

import org.jspecify.annotations.NullMarked;
