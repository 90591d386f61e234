@NullMarked
package io.obstat.local.chat;

import org.jspecify.annotations.NullMarked;
