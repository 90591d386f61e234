/** Requests in the schema {@code intake}, by Hibernate Reactive. */
@NullMarked
package io.obstat.intake.postgres;

import org.jspecify.annotations.NullMarked;
