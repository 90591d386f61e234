package io.obstat.ledger;

/** The views cannot be read for the moment. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(Throwable cause) {
        super("The ledger's database does not answer: " + cause, cause);
    }
}
