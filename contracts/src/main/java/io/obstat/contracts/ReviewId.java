package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One submitted review (a click, a call). Form: {@code rev_} and 26 characters of base32. */
public record ReviewId(@JsonValue String value) {

    private static final String FORM = "rev_[a-z2-7]{26}";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReviewId {
        Identifiers.requireForm("ReviewId", value, FORM);
    }

    /** The id of the review that these causes bring about, for example the action, the person and the key of the click. */
    public static ReviewId derive(String... causes) {
        return new ReviewId(Identifiers.derive("rev_", causes));
    }

    @Override
    public String toString() {
        return value;
    }
}
