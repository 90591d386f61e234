/** The road as its users meet it: real processes, real Kafka, real PostgreSQL, a real browser. */
@NullMarked
package io.obstat.systemtests;

import org.jspecify.annotations.NullMarked;
