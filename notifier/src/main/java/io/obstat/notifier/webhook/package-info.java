/** Signed webhooks by the Standard Webhooks specification. Everything about them, and nothing else, is here. */
@NullMarked
package io.obstat.notifier.webhook;

import org.jspecify.annotations.NullMarked;
