/** The five services, as the artifacts that production runs. */
@NullMarked
package io.obstat.local.quarkus;

import org.jspecify.annotations.NullMarked;
