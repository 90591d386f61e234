package io.obstat.contracts.kafka;

/** A Kafka record that is no event of ours. Poison: reading it again will not help, so it belongs into the dead letter topic. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }

    public MalformedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
