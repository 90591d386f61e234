package io.obstat.ledger;

/**
 * An entry as it lies in {@code obstat.ledger.entries}, its transaction committed.
 *
 * @param leaf what the entry says
 * @param offset in the partition of its log; transaction markers take offsets too, so it is at least the sequence
 */
public record CommittedEntry(LedgerEntry entry, LedgerLeaf leaf, long offset) {

    /** @throws io.obstat.contracts.json.MalformedJsonException when the leaf is of a version not known here */
    public CommittedEntry(LedgerEntry entry, long offset) {
        this(entry, entry.parsedLeaf(), offset);
    }
}
