package io.obstat.decision.http;

/** A parameter or header that is not in order. */
final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    InvalidRequestException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
        this.problem = problem;
    }

    String field() {
        return field;
    }

    /** What is wrong and what to do, to be read after the field's name. */
    String problem() {
        return problem;
    }
}
