package io.obstat.ledger.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.ledger.Hash;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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

    /** The row of an entry, by the names of the columns. */
    static Map<String, @Nullable Object> columns(LedgerEntry entry, LedgerLeaf parsed) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("log", entry.log());
        columns.put("sequence", entry.sequence());
        columns.put("action_id", parsed.about().map(ActionId::value).orElse(null));
        columns.put("event_type", parsed instanceof LedgerLeaf.OfEvent event ? event.eventType() : null);
        columns.put("leaf", entry.leaf());
        columns.put("leaf_hash", entry.leafHash().base64());
        columns.put("root_hash", entry.rootHash().base64());
        columns.put("appended_at", entry.appendedAt());
        return columns;
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
