package io.obstat.ledger.postgres;

import io.obstat.ledger.Hash;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger.entries}. */
@Entity
@Immutable
@Table(schema = "ledger", name = "entries")
class EntryRow {
    @EmbeddedId
    @Column
    private EntryKey key;

    @Column(name = "action_id")
    private @Nullable String actionId;

    @Column(name = "event_type")
    private @Nullable String eventType;

    @Column(name = "leaf")
    private String leaf;

    @Column(name = "leaf_hash")
    private String leafHash;

    @Column(name = "root_hash")
    private String rootHash;

    @Column(name = "appended_at")
    private Instant appendedAt;

    /** For Hibernate. */
    protected EntryRow() {}

    EntryRow(LedgerEntry entry, LedgerLeaf parsed) {
        key = new EntryKey(entry.log(), entry.sequence());
        if (parsed instanceof LedgerLeaf.OfEvent event) {
            actionId = event.actionId() == null ? null : event.actionId().value();
            eventType = event.eventType();
        }
        leaf = entry.leaf();
        leafHash = entry.leafHash().base64();
        rootHash = entry.rootHash().base64();
        appendedAt = entry.appendedAt();
    }

    /** The entry, checked against its leaf hash once more. */
    LedgerEntry entry() {
        return new LedgerEntry(
                key.log(),
                key.sequence(),
                leaf,
                Hash.ofBase64(leafHash),
                key.sequence() + 1,
                Hash.ofBase64(rootHash),
                appendedAt);
    }
}
