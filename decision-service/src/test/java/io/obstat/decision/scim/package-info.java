@NullMarked
package io.obstat.decision.scim;

import org.jspecify.annotations.NullMarked;
