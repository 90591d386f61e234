/** The delivery record over HTTP. */
@NullMarked
package io.obstat.notifier.http;

import org.jspecify.annotations.NullMarked;
