package io.obstat.intake;

import io.obstat.contracts.Required;

/**
 * What is wrong with one field of a request.
 *
 * @param field dotted path such as {@code parameters.rows[2]}; empty for the request as a whole
 * @param detail what is wrong and what to do, to be read after the field
 */
public record FieldError(String field, String detail) {

    public FieldError {
        Required.present("field", field);
        Required.present("detail", detail);
    }

    /** As one sentence, such as {@code intent is missing; give it a value}. */
    @Override
    public String toString() {
        return field.isEmpty() ? detail : field + " " + detail;
    }
}
