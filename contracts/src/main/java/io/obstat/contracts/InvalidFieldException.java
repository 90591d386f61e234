package io.obstat.contracts;

/** A value that breaks its contract; the message names the field, what is wrong with it and what to do. */
public final class InvalidFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    public InvalidFieldException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
        this.problem = problem;
    }

    /** The field's name, relative to the record that holds it. */
    public String field() {
        return field;
    }

    /** What is wrong and what to do, to be read after the field's name. */
    public String problem() {
        return problem;
    }
}
