/** The service put together: configuration, beans, start and stop. */
@NullMarked
package io.obstat.policy.quarkus;

import org.jspecify.annotations.NullMarked;
