package io.obstat.ledger.postgres;

import io.obstat.ledger.Frontier;
import io.obstat.ledger.LedgerLog;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A row of {@code ledger.logs}: how far the views have taken in a log. */
@Entity
@Table(schema = "ledger", name = "logs")
class LogRow {
    @Id
    @Column(name = "log")
    private int log;

    @Column(name = "next_offset")
    private long nextOffset;

    @Column(name = "frontier")
    private byte[] frontier;

    @Version
    @Column(name = "version")
    private long version;

    /** For Hibernate. */
    protected LogRow() {}

    LogRow(int log) {
        this.log = log;
        this.frontier = Frontier.EMPTY.toBytes();
    }

    int number() {
        return log;
    }

    /** The offset in {@code obstat.ledger.entries} of the next record to take in. */
    long nextOffset() {
        return nextOffset;
    }

    LedgerLog log() {
        return new LedgerLog(log, Frontier.ofBytes(frontier));
    }

    void advanceTo(LedgerLog taken, long nextOffset) {
        this.frontier = taken.frontier().toBytes();
        this.nextOffset = nextOffset;
    }
}
