package io.obstat.ledger;

import io.obstat.contracts.event.Envelope;

/**
 * A leaf with the text that is hashed, which is costly to make.
 *
 * @param text the leaf's RFC 8785 form, {@link LeafJson#canonical}
 */
public record CanonicalLeaf(LedgerLeaf leaf, String text) {

    public static CanonicalLeaf of(LedgerLeaf leaf) {
        return new CanonicalLeaf(leaf, LeafJson.canonical(leaf));
    }

    /**
     * The leaf of an event.
     *
     * @param value the record's value, from which {@code envelope} was read
     */
    public static CanonicalLeaf of(SourceRecord source, Envelope<?> envelope, byte[] value) {
        return LeafJson.of(source, envelope, value);
    }
}
