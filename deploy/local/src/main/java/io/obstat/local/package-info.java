/** The whole road on one machine: what its parts are, where they lie and listen, and how they are started, killed and stopped. */
@NullMarked
package io.obstat.local;

import org.jspecify.annotations.NullMarked;
