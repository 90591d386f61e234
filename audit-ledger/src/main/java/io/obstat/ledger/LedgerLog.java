package io.obstat.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One Merkle log: append only, sequence numbers dense from 0.
 *
 * @param number the log, at least 0
 * @param frontier of the leaves so far
 */
public record LedgerLog(int number, Frontier frontier) {
    private static final String REMEDY =
            "one of the two was lost or is of another ledger, and nothing is appended. What to do: docs/how-to/bring-the-ledger-back.md";

    /** @param log this log with the leaf
     *  @param entry the leaf in its place */
    public record Appended(LedgerLog log, LedgerEntry entry) {}

    /**
     * The log to append to, when the state that was kept and the entries that everybody can see agree on how far it goes.
     *
     * @param frontier as it was kept
     * @param last the log's last committed entry; null when the log has none
     * @throws BrokenLogException when they do not agree: what was appended then would be a second history beside the first
     */
    public static LedgerLog continuing(int number, Frontier frontier, @Nullable LedgerEntry last) {
        long committed = last == null ? 0 : last.treeSize();
        // INVARIANT: NoFork. A sequence number is given once.
        if (committed != frontier.size()) {
            throw new BrokenLogException("Log %d has %d committed entries, but the ledger's state knows of %d; %s"
                    .formatted(number, committed, frontier.size(), REMEDY));
        }
        if (last != null && !last.rootHash().equals(frontier.root())) {
            throw new BrokenLogException("Log %d has the root %s, but the ledger's state has %s; %s"
                    .formatted(number, last.rootHash(), frontier.root(), REMEDY));
        }
        return new LedgerLog(number, frontier);
    }

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
