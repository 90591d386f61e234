@NullMarked
package io.obstat.local.chat.teams;

import org.jspecify.annotations.NullMarked;
