/** What can be asked of this service over HTTP. */
@NullMarked
package io.obstat.policy.http;

import org.jspecify.annotations.NullMarked;
