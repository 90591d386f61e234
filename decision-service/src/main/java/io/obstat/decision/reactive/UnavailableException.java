package io.obstat.decision.reactive;

/** The database cannot be reached, or not in time. Whether the last change was stored is unknown; doing it again is safe, and later it helps. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(Throwable cause) {
        super("PostgreSQL is not available: " + cause.getMessage(), cause);
    }
}
