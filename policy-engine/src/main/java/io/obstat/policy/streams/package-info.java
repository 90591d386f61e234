/** The Kafka Streams topology that gives each request its verdict. */
@NullMarked
package io.obstat.policy.streams;

import org.jspecify.annotations.NullMarked;
