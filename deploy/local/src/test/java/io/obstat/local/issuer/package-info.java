@NullMarked
package io.obstat.local.issuer;

import org.jspecify.annotations.NullMarked;
