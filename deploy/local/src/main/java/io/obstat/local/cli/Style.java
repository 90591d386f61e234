package io.obstat.local.cli;

/** Colour, on a terminal only. */
public final class Style {

    private Style() {}

    /** Whether a person looks at the output through a terminal that shows colours ({@code NO_COLOR} is respected). */
    public static boolean coloured() {
        return Boolean.getBoolean("obstat.terminal") && System.getenv("NO_COLOR") == null;
    }

    static String tick() {
        return coloured() ? "\u001b[32m✓\u001b[0m" : "✓";
    }

    static String cross() {
        return coloured() ? "\u001b[31m✗\u001b[0m" : "✗";
    }
}
