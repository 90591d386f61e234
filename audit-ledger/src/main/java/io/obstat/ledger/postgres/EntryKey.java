package io.obstat.ledger.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** An entry's place. */
@Embeddable
public record EntryKey(
        @Column(name = "log") int log,
        @Column(name = "sequence") long sequence) {}
