package io.obstat.decision.directory;

/** The directory will not have a change, and would not have it again: nothing was stored. Names the field, what is wrong and what to do. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String field;
    private final String problem;

    /** Why a change is refused. */
    public enum Reason {
        /** What it names does not exist. */
        UNKNOWN,
        /** Something else has the key already. */
        TAKEN,
        /** A value is not acceptable. */
        INVALID
    }

    /** @param problem what is wrong and what to do, to be read after the field's name */
    public RefusedException(Reason reason, String field, String problem) {
        super(field.isEmpty() ? problem : field + " " + problem);
        this.reason = reason;
        this.field = field;
        this.problem = problem;
    }

    public Reason reason() {
        return reason;
    }

    public String field() {
        return field;
    }

    /** What is wrong and what to do, to be read after the field's name. */
    public String problem() {
        return problem;
    }
}
