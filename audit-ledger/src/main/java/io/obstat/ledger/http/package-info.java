/** The ledger's API, and who may use it. */
@NullMarked
package io.obstat.ledger.http;

import org.jspecify.annotations.NullMarked;
