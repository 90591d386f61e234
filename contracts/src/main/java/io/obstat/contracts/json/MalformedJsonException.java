package io.obstat.contracts.json;

/** JSON that is not JSON, says something twice, or says what RFC 8785 cannot keep. The message names the place and the remedy. */
public final class MalformedJsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    public MalformedJsonException(String field, String problem) {
        super(field.isEmpty() ? problem : field + " " + problem);
        this.field = field;
        this.problem = problem;
    }

    /** Where, as a dotted path such as {@code parameters.rows[2]}; empty for the document as a whole. */
    public String field() {
        return field;
    }

    /** What is wrong and what to do, to be read after the field. */
    public String problem() {
        return problem;
    }
}
