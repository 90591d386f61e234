/** Slack and Microsoft Teams on this machine, as strict as the real ones: for tests, and for people who want to see the cards. */
@NullMarked
package io.obstat.local.chat;

import org.jspecify.annotations.NullMarked;
