package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** One submitted review (a click, a call). Form: {@code rev_} and 26 characters of base32. */
public record ReviewId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("rev_[a-z2-7]{26}");

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
