/** The ledger in a browser: search for the newcomer, a timeline to read aloud for the auditor. */
@NullMarked
package io.obstat.ledger.pages;

import org.jspecify.annotations.NullMarked;
