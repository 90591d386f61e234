/** The Kafka Streams topology that gives each request its verdict, and another when policy has to speak again. */
@NullMarked
package io.obstat.policy.streams;

import org.jspecify.annotations.NullMarked;
