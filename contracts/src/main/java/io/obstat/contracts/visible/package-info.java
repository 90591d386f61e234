/** What untrusted text and inputs look like, wherever people see them: every character visible, nothing left out, and one reading only. */
@NullMarked
package io.obstat.contracts.visible;

import org.jspecify.annotations.NullMarked;
