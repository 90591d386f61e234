package io.obstat.ledger;

/** Entries that do not make a log. Never passed over: someone has to look. */
public final class BrokenLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenLogException(String message) {
        super(message);
    }

    public BrokenLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
