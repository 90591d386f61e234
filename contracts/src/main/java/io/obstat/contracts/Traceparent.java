package io.obstat.contracts;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C {@code traceparent}: version, trace id, parent id, flags. */
public final class Traceparent {

    // SPEC: W3C Trace Context §3.2; ids of zeros are invalid, and so is version ff.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The value when it is one, null otherwise: a trace that does not fit the form is no reason to refuse anything. */
    public static @Nullable String orNull(@Nullable String value) {
        return value != null && FORM.matcher(value).matches() ? value : null;
    }
}
