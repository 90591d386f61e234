package io.obstat.intake.reactive;

/** Kafka or PostgreSQL cannot be reached, or not in time. Trying again later helps. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is away. */
    public enum Part {
        /** What was asked is not kept. */
        POSTGRES,
        /** What was asked is kept, and is published when Kafka is back. */
        KAFKA
    }

    private final Part part;

    public UnavailableException(Part part, Throwable cause) {
        super("%s is not available: %s".formatted(part, cause), cause);
        this.part = part;
    }

    public Part part() {
        return part;
    }
}
