/** A mailbox that takes mail for everybody, and shows it. */
@NullMarked
package io.obstat.local.chat.mail;

import org.jspecify.annotations.NullMarked;
