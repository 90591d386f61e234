@NullMarked
package io.obstat.ledger.http;

import org.jspecify.annotations.NullMarked;
