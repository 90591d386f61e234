/** What holds the service together: configuration, wiring and the worker that delivers. */
@NullMarked
package io.obstat.notifier.quarkus;

import org.jspecify.annotations.NullMarked;
