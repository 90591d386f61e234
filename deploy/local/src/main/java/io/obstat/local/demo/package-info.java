/** {@code ./obstat demo}: an agent asks, a person decides, and the ledger shows it. */
@NullMarked
package io.obstat.local.demo;

import org.jspecify.annotations.NullMarked;
