package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What kind of action, such as {@code data.export} or {@code iam.CreateRole}. At most 100 characters: dotted words of letters, digits, {@code _} and {@code -}. */
public record ActionType(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("(?=.{1,100}$)[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ActionType {
        Identifiers.requireForm("ActionType", value, FORM);
    }

    @Override
    public String toString() {
        return value;
    }
}
