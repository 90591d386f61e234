/** CloudEvents over Kafka: the one codec that all services use. */
@NullMarked
package io.obstat.contracts.kafka;

import org.jspecify.annotations.NullMarked;
