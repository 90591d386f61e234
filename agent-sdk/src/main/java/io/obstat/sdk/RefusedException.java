package io.obstat.sdk;

/** The service understood the call and will not have it, however often it is repeated: change the call. */
public final class RefusedException extends ObstatException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status the HTTP status, 400 to 499
     * @param message what the service said, with the fields it named
     */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status, 400 to 499. */
    public int status() {
        return status;
    }
}
