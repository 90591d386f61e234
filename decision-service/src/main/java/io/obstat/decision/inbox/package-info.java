/**
 * The reviewer inbox. What is shown for which state is plain Java ({@link io.obstat.decision.inbox.Card} and what it holds); the pages
 * around it are Qute templates, and {@link io.obstat.decision.inbox.InboxPages} serves them.
 */
@NullMarked
package io.obstat.decision.inbox;

import org.jspecify.annotations.NullMarked;
