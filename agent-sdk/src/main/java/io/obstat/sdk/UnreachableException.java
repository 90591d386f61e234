package io.obstat.sdk;

/** No answer in the time allowed, for all that it was tried again and again. Try later; repeating is safe. */
public final class UnreachableException extends ObstatException {

    private static final long serialVersionUID = 1L;

    public UnreachableException(String message) {
        super(message);
    }

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
