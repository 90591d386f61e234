/** The fake Microsoft Teams: Bot Connector, Entra's token endpoint, Adaptive Cards, invokes. */
@NullMarked
package io.obstat.local.chat.teams;

import org.jspecify.annotations.NullMarked;
