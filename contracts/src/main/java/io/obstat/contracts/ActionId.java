package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** One requested action: the key of every event about it. Form: {@code act_} and 26 characters of base32. */
public record ActionId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("act_[a-z2-7]{26}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ActionId {
        Identifiers.requireForm("ActionId", value, FORM);
    }

    /**
     * The id of what this agent asked under this idempotency key. A repeated request gets the same id at either door, whatever
     * was lost in between.
     */
    public static ActionId derive(AgentId agent, String idempotencyKey) {
        return new ActionId(Identifiers.derive("act_", agent.value(), idempotencyKey));
    }

    /** The last four characters in upper case: what people say to each other. Not unique. */
    public String shortForm() {
        return value.substring(value.length() - 4).toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
