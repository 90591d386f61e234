package io.obstat.ledger;

/**
 * An entry as it lies in {@code obstat.ledger.entries}, its transaction committed.
 *
 * @param offset in the partition of its log; transaction markers take offsets too, so it is at least the sequence
 */
public record CommittedEntry(LedgerEntry entry, long offset) {}
