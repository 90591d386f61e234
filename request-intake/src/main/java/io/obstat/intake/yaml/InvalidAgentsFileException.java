package io.obstat.intake.yaml;

/** The agents file cannot be used. The message names the file, the field and what to do; the service does not start. */
public final class InvalidAgentsFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidAgentsFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
