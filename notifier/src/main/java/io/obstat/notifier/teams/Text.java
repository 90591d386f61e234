package io.obstat.notifier.teams;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Text that others wrote, made fit for our messages. */
final class Text {

    private static final int LONGEST_QUOTE = 120;

    private Text() {}

    /** The value in quotes, short and on one line, so that it can forge no line of a log. */
    static String quote(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        return "'" + clip(Objects.toString(value).replaceAll("[^\\x20-\\x7e]", "?"), LONGEST_QUOTE) + "'";
    }

    static String clip(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
