package io.obstat.ledger;

import java.util.ArrayList;
import java.util.List;

/** RFC 6962 by its recursions, as slow and as plain as they are written: what the frontier is held against. */
final class ReferenceTree {
    private ReferenceTree() {}

    /** SPEC: RFC 6962 §2.1, MTH(D[n]). */
    static Hash root(List<byte[]> leaves) {
        int n = leaves.size();
        if (n == 0) {
            return Hash.sha256();
        }
        if (n == 1) {
            return Hash.sha256(new byte[] {0}, leaves.getFirst());
        }
        int k = split(n);
        return Hash.sha256(
                new byte[] {1},
                root(leaves.subList(0, k)).bytes(),
                root(leaves.subList(k, n)).bytes());
    }

    /** SPEC: RFC 6962 §2.1.1, PATH(m, D[n]). */
    static List<Hash> path(int m, List<byte[]> leaves) {
        int n = leaves.size();
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        var path = new ArrayList<Hash>();
        if (m < k) {
            path.addAll(path(m, leaves.subList(0, k)));
            path.add(root(leaves.subList(k, n)));
        } else {
            path.addAll(path(m - k, leaves.subList(k, n)));
            path.add(root(leaves.subList(0, k)));
        }
        return path;
    }

    /** The largest power of two smaller than {@code n}. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }
}
