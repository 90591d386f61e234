package io.obstat.notifier;

import java.text.Bidi;

/**
 * Keeps letters from right to left to themselves, where a line is put together of several texts: a number after a name of such letters would
 * stand before it otherwise, and what is a name and what its value could not be told.
 */
public final class InPlace {

    /** SPEC: Unicode Standard Annex 9: a letter from left to right of which nothing is seen. */
    private static final String LEFT_TO_RIGHT = "\u200E";

    private InPlace() {}

    /** The same text, to stand among others. */
    public static String of(String shown) {
        return Bidi.requiresBidi(shown.toCharArray(), 0, shown.length())
                ? LEFT_TO_RIGHT + shown + LEFT_TO_RIGHT
                : shown;
    }

    /** The inverse of {@link #of}, of however many texts. None of what is shown is such a mark itself: those are shown by code point. */
    public static String read(String shown) {
        return shown.replace(LEFT_TO_RIGHT, "");
    }
}
