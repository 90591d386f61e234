package io.obstat.decision.reactive;

import io.obstat.contracts.Quoted;

/** A cursor that no page of ours ended with. */
public final class InvalidCursorException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    public InvalidCursorException(String cursor) {
        super("cursor is none of ours: " + Quoted.of(cursor));
        problem = "is %s; use the next of the page before, as it came".formatted(Quoted.of(cursor));
    }

    /** What is wrong and what to do, to be read after the field's name. */
    public String problem() {
        return problem;
    }
}
