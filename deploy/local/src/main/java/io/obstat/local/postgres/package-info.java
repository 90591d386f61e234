/** PostgreSQL from its own programs, with a data directory that stays. */
@NullMarked
package io.obstat.local.postgres;

import org.jspecify.annotations.NullMarked;
