package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An agent or pipeline, as authentication knows it. At most 128 characters: letters, digits and {@code . _ : @ / -}. */
public record AgentId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AgentId {
        Identifiers.requireForm("AgentId", value, FORM);
    }

    @Override
    public String toString() {
        return value;
    }
}
