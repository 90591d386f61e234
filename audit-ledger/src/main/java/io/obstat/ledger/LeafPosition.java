package io.obstat.ledger;

import io.obstat.contracts.Required;

/**
 * Where a leaf lies, and which one it is.
 *
 * @param log the Merkle log
 * @param sequence the leaf's index in it, from 0
 * @param leafHash RFC 6962 leaf hash
 */
public record LeafPosition(int log, long sequence, Hash leafHash) {
    public LeafPosition {
        Required.present("leafHash", leafHash);
    }
}
