package io.obstat.contracts;

import org.jspecify.annotations.Nullable;

/** Untrusted text made fit for an error message or a log line: quoted, shortened, control characters escaped. */
public final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    /** The text in double quotes, cut after 60 characters, with everything outside printable ASCII as a backslash-u escape; {@code null} as is. */
    public static String of(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
