package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One event of one writer. Same cause, same id, so that a redelivered record is recognised everywhere. Ours have the form {@code evt_} and
 * 26 characters of base32; a pipeline may write what it likes, 1 to 128 characters of letters, digits and {@code . _ : -}. Unique within
 * its topic only (SPEC: CloudEvents 1.0, source and id together), so whoever dedupes across topics keys by both.
 */
public record EventId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EventId {
        Identifiers.requireForm("EventId", value, FORM);
    }

    /** The id of the event of this type that these causes (ids, revisions, positions) bring about. */
    public static EventId derive(String type, String... causes) {
        String[] parts = new String[causes.length + 1];
        parts[0] = type;
        System.arraycopy(causes, 0, parts, 1, causes.length);
        return new EventId(Identifiers.derive("evt_", parts));
    }

    @Override
    public String toString() {
        return value;
    }
}
