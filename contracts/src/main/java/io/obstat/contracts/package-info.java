/** The vocabulary that every part of Obstat shares: ids, values, the action digest and the topics. */
@NullMarked
package io.obstat.contracts;

import org.jspecify.annotations.NullMarked;
