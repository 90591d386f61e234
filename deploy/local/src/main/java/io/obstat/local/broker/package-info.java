/** A KRaft broker from Maven artifacts, one node, and its topics. */
@NullMarked
package io.obstat.local.broker;

import org.jspecify.annotations.NullMarked;
