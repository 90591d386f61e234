package io.obstat.ledger;

import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * One leaf in its place. A value whose parts contradict each other cannot exist, so whoever reads one has checked it; the root has to be
 * checked against the entries before it.
 *
 * @param log which Merkle log: the partition of {@code obstat.ledger.entries}, and of the source topics
 * @param sequence the leaf's index in its log, dense from 0
 * @param leaf the RFC 8785 text that is hashed; at most {@link LedgerLeaf#MOST_BYTES} bytes of UTF-8
 * @param leafHash {@code SHA-256(0x00 || leaf)}
 * @param treeSize number of leaves up to and with this one: {@code sequence + 1}
 * @param rootHash the Merkle Tree Hash of those leaves
 * @param appendedAt when the ledger took it in, by its own clock
 */
public record LedgerEntry(
        int log, long sequence, String leaf, Hash leafHash, long treeSize, Hash rootHash, Instant appendedAt) {
    public LedgerEntry {
        Required.present("leaf", leaf);
        Required.present("leafHash", leafHash);
        Required.present("rootHash", rootHash);
        Required.present("appendedAt", appendedAt);
        if (log < 0 || sequence < 0 || treeSize != sequence + 1) {
            throw new IllegalArgumentException(
                    "Entry %d/%d says that the tree has %d leaves; it has one more than the sequence"
                            .formatted(log, sequence, treeSize));
        }
        // INVARIANT: the leaf is the one that was hashed.
        if (!leafHash.equals(MerkleHashes.ofLeaf(leaf))) {
            throw new IllegalArgumentException(
                    "Entry %d/%d has the leaf hash %s, but its leaf hashes to %s; the entry was altered"
                            .formatted(log, sequence, leafHash, MerkleHashes.ofLeaf(leaf)));
        }
    }

    /** The record key: {@code <log>/<sequence>}. */
    public String key() {
        return log + "/" + sequence;
    }

    /** Where it lies. */
    public LeafPosition position() {
        return new LeafPosition(log, sequence, leafHash);
    }

    /** What it says. @throws io.obstat.contracts.json.MalformedJsonException when the leaf is of a version not known here */
    public LedgerLeaf parsedLeaf() {
        return LeafJson.parse(leaf);
    }
}
