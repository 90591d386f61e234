package io.obstat.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of an RFC 6962 tree: all that is needed to append and to know the root. A compact range from 0 to {@code size}.
 *
 * @param size number of leaves
 * @param peaks the roots of the perfect subtrees, largest (leftmost) first, one for each one-bit of {@code size}
 */
public record Frontier(long size, List<Hash> peaks) {
    /** The tree without leaves. */
    public static final Frontier EMPTY = new Frontier(0, List.of());

    public Frontier {
        peaks = List.copyOf(peaks);
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("A frontier of %d leaves has %d peaks, got %d; it is damaged"
                    .formatted(size, Long.bitCount(size), peaks.size()));
        }
    }

    /** This tree and one leaf more, in at most 63 hashes. */
    public Frontier append(Hash leaf) {
        var edge = new ArrayList<>(peaks);
        Hash right = leaf;
        // Like a carry in binary: each one-bit at the low end of the size is a perfect subtree that the new one
        // completes.
        for (long carry = size; (carry & 1) == 1; carry >>= 1) {
            right = MerkleHashes.ofNode(edge.removeLast(), right);
        }
        edge.add(right);
        return new Frontier(Math.addExact(size, 1), edge);
    }

    /** SPEC: RFC 6962 §2.1, the Merkle Tree Hash of the leaves so far. */
    public Hash root() {
        if (peaks.isEmpty()) {
            return MerkleHashes.ofNothing();
        }
        Hash root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleHashes.ofNode(peaks.get(i), root);
        }
        return root;
    }

    /** The size as eight bytes, most significant first, and the peaks, 32 bytes each. */
    public byte[] toBytes() {
        ByteBuffer buffer =
                ByteBuffer.allocate(Long.BYTES + peaks.size() * Hash.LENGTH).putLong(size);
        peaks.forEach(peak -> buffer.put(peak.bytes()));
        return buffer.array();
    }

    /** The reverse of {@link #toBytes()}. @throws IllegalArgumentException when the bytes are no frontier */
    public static Frontier ofBytes(byte[] bytes) {
        if (bytes.length < Long.BYTES || (bytes.length - Long.BYTES) % Hash.LENGTH != 0) {
            throw new IllegalArgumentException("%d bytes are no frontier; it is damaged".formatted(bytes.length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long size = buffer.getLong();
        var peaks = new ArrayList<Hash>();
        while (buffer.hasRemaining()) {
            byte[] peak = new byte[Hash.LENGTH];
            buffer.get(peak);
            peaks.add(Hash.of(peak));
        }
        return new Frontier(size, peaks);
    }
}
