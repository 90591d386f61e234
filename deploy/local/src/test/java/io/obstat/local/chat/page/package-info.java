@NullMarked
package io.obstat.local.chat.page;

import org.jspecify.annotations.NullMarked;
