package io.obstat.sdk;

/** A call that must not be made twice was sent, and no answer came: whether it was carried out is not known. Nothing may run on it, and it is not repeated. */
public final class UnansweredException extends ObstatException {

    private static final long serialVersionUID = 1L;

    public UnansweredException(String message) {
        super(message);
    }

    public UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
