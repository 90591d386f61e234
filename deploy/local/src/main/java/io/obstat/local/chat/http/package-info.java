/** The little that a fake needs of HTTP: calls, replies, trouble on purpose, rates. */
@NullMarked
package io.obstat.local.chat.http;

import org.jspecify.annotations.NullMarked;
