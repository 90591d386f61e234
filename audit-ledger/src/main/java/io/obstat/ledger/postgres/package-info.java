/** The views in PostgreSQL: entries and actions to search, made from the committed entries and from nothing else. */
@NullMarked
package io.obstat.ledger.postgres;

import org.jspecify.annotations.NullMarked;
