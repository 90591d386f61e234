/** The page on which a person watches both chats, side by side, and clicks. */
@NullMarked
package io.obstat.local.chat.page;

import org.jspecify.annotations.NullMarked;
