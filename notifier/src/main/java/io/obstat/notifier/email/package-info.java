/** E-mail: a digest of what waits for somebody. */
@NullMarked
package io.obstat.notifier.email;

import org.jspecify.annotations.NullMarked;
