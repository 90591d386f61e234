package io.obstat.ledger.postgres;

/** The views are not where the reader thought: another instance took entries in, or someone emptied the tables. Read from there. */
public final class PositionMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long nextOffset;

    PositionMovedException(int log, long expected, long nextOffset) {
        super("Log %d continues at offset %d, not %d".formatted(log, nextOffset, expected));
        this.nextOffset = nextOffset;
    }

    /** Where to read on. */
    public long nextOffset() {
        return nextOffset;
    }
}
