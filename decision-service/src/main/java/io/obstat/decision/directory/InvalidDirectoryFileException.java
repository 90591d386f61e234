package io.obstat.decision.directory;

/** The directory file cannot be used. The message names the file, the field and what to do; the service does not start. */
public final class InvalidDirectoryFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidDirectoryFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
