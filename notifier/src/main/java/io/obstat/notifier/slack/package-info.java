/** Slack: cards as Block Kit, clicks over HTTP or Socket Mode. */
@NullMarked
package io.obstat.notifier.slack;

import org.jspecify.annotations.NullMarked;
