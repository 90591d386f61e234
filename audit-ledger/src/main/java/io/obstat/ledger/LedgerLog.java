package io.obstat.ledger;

import java.time.Instant;

/**
 * One Merkle log: append only, sequence numbers dense from 0.
 *
 * @param number the log, at least 0
 * @param frontier of the leaves so far
 */
public record LedgerLog(int number, Frontier frontier) {
    /** @param log this log with the leaf
     *  @param entry the leaf in its place */
    public record Appended(LedgerLog log, LedgerEntry entry) {}

    /** Takes in one leaf. */
    public Appended append(CanonicalLeaf leaf, Instant now) {
        Hash leafHash = MerkleHashes.ofLeaf(leaf.text());
        Frontier next = frontier.append(leafHash);
        // INVARIANT: DenseSequence. The sequence is the number of leaves before it, so that none can be missing.
        var entry = new LedgerEntry(number, frontier.size(), leaf.text(), leafHash, next.size(), next.root(), now);
        return new Appended(new LedgerLog(number, next), entry);
    }

    /**
     * This log with an entry that someone else appended.
     *
     * @throws BrokenLogException when it is not the next entry of this log, or its root is not the root
     */
    public LedgerLog follow(LedgerEntry entry) {
        if (entry.log() != number || entry.sequence() != frontier.size()) {
            throw new BrokenLogException("Entry %s came where %d/%d was due; an entry is missing, repeated or misplaced"
                    .formatted(entry.key(), number, frontier.size()));
        }
        Frontier next = frontier.append(entry.leafHash());
        if (!next.root().equals(entry.rootHash())) {
            throw new BrokenLogException("Entry %s says that the root is %s, but the entries up to it give %s"
                    .formatted(entry.key(), entry.rootHash(), next.root()));
        }
        return new LedgerLog(number, next);
    }
}
