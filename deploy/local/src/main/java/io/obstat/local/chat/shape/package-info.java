/** What a piece of JSON must look like, as a table that says at which place it does not. */
@NullMarked
package io.obstat.local.chat.shape;

import org.jspecify.annotations.NullMarked;
