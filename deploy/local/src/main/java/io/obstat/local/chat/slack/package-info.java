/** The fake Slack: Web API, Block Kit, interactivity over HTTP and Socket Mode. */
@NullMarked
package io.obstat.local.chat.slack;

import org.jspecify.annotations.NullMarked;
