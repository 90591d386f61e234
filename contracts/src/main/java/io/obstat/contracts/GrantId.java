package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The {@code jti} of a grant. Form: {@code grt_} and 26 characters of base32. */
public record GrantId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("grt_[a-z2-7]{26}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GrantId {
        Identifiers.requireForm("GrantId", value, FORM);
    }

    /** The one grant of an action. */
    public static GrantId of(ActionId action) {
        return new GrantId(Identifiers.derive("grt_", action.value()));
    }

    @Override
    public String toString() {
        return value;
    }
}
