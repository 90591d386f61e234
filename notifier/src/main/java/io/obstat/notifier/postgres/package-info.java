/** The delivery record in PostgreSQL, schema {@code notifier}. */
@NullMarked
package io.obstat.notifier.postgres;

import org.jspecify.annotations.NullMarked;
