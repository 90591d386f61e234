package io.obstat.ledger;

import java.nio.charset.StandardCharsets;

/** The three hashes of an RFC 6962 tree. The prefixes keep a leaf from being passed off as a node (second preimage). */
public final class MerkleHashes {
    private static final byte[] LEAF = {0x00};
    private static final byte[] NODE = {0x01};

    private MerkleHashes() {}

    /** SPEC: RFC 6962 §2.1, the hash of an empty list is the hash of an empty string. */
    public static Hash ofNothing() {
        return Hash.sha256();
    }

    /** SPEC: RFC 6962 §2.1, {@code SHA-256(0x00 || d)}. */
    public static Hash ofLeaf(byte[] data) {
        return Hash.sha256(LEAF, data);
    }

    /** The leaf hash of text in UTF-8. */
    public static Hash ofLeaf(String data) {
        return ofLeaf(data.getBytes(StandardCharsets.UTF_8));
    }

    /** SPEC: RFC 6962 §2.1, {@code SHA-256(0x01 || left || right)}. */
    public static Hash ofNode(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }
}
