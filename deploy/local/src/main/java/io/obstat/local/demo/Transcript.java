package io.obstat.local.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the demo prints, and whether everything went as said. */
final class Transcript {

    private final PrintWriter out;
    private final boolean colour;
    private final List<String> surprises = new ArrayList<>();

    /** @param colour whether {@code out} is a terminal that shows ANSI colours */
    Transcript(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void scene(int number, String title) {
        line("");
        line(styled("1", number + "  " + title));
    }

    void say(String text) {
        text.lines().forEach(line -> line("   " + line));
    }

    /** Prints the line with a tick when it went as said, with a cross otherwise; the demo then ends with a failure. */
    void expect(boolean asSaid, String what) {
        if (asSaid) {
            line("   " + styled("32", "✓") + " " + what);
        } else {
            line("   " + styled("31", "✗") + " " + what);
            surprises.add(what);
        }
    }

    /** What did not go as said; empty when all did. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
