/** JSON as Obstat reads, writes and canonicalises it. */
@NullMarked
package io.obstat.contracts.json;

import org.jspecify.annotations.NullMarked;
