/** Microsoft Teams. The only package that uses the Bot Framework SDK, which Microsoft develops no more. */
@NullMarked
package io.obstat.notifier.teams;

import org.jspecify.annotations.NullMarked;
