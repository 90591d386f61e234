package io.obstat.sdk;

/** Something that is no answer: the message says what was wrong, with what, and what to do. Nothing was run. */
public abstract sealed class ObstatException extends RuntimeException
        permits RefusedException, UnansweredException, UnreachableException, UntrustedException {

    private static final long serialVersionUID = 1L;

    ObstatException(String message) {
        super(message);
    }

    ObstatException(String message, Throwable cause) {
        super(message, cause);
    }
}
