package io.obstat.local;

/** A part that could not be started. The message says which, what happened and what to do. */
public sealed class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StackException(String message) {
        super(message);
    }

    /** Somebody else listens on a part's port. */
    public static final class PortInUse extends StackException {
        private static final long serialVersionUID = 1L;

        public PortInUse(String message) {
            super(message);
        }
    }

    /** A part ended, or did not become ready in time. */
    public static final class PartFailed extends StackException {
        private static final long serialVersionUID = 1L;

        public PartFailed(String message) {
            super(message);
        }
    }

    /** Something that a part needs is not there. */
    public static final class Missing extends StackException {
        private static final long serialVersionUID = 1L;

        public Missing(String message) {
            super(message);
        }
    }
}
