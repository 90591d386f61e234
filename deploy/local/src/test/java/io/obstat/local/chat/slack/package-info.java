@NullMarked
package io.obstat.local.chat.slack;

import org.jspecify.annotations.NullMarked;
