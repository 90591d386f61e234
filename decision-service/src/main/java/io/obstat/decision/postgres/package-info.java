/** State and outbox in PostgreSQL, through Hibernate Reactive. */
@NullMarked
package io.obstat.decision.postgres;

import org.jspecify.annotations.NullMarked;
