package io.obstat.ledger;

import java.util.Optional;

/** What is known of each log to everybody: its last committed entry. */
@FunctionalInterface
public interface LastEntries {
    /**
     * The last entry of a log; empty when the log has none. Waits for transactions that are still open, so that nothing can come after it but by
     * whoever asks.
     *
     * @param log at least 0
     * @throws BrokenLogException when what lies there is no entry
     * @throws IllegalStateException when the answer cannot be had
     */
    Optional<LedgerEntry> of(int log);
}
