package io.obstat.notifier;

import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.contracts.visible.VisibleText.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs as lines of plain text in a fixed-width font, for chats that have nothing better:
 *
 * <pre>
 * format │ csv
 * where  │ country = 'DE'↵
 *        │ and age > 18
 * limits │ {1 field}
 *   rows │ 48210
 * </pre>
 *
 * <p>{@code read(write(lines))} gives names, values and depths back. A name never begins or ends with a blank (it is in quotes then), so that
 * blanks before it are its depth, and a line without a name goes on with the value before it.
 */
public final class InputText {

    private static final String BAR = "│";
    private static final String BAR_SHOWN = "⟨U+2502⟩";
    private static final String BETWEEN = " " + BAR + " ";
    private static final String INDENT = "  ";
    private static final int WIDEST = 24;

    private InputText() {}

    public static String write(List<InputLine> lines) {
        int width = Math.min(
                WIDEST,
                lines.stream().mapToInt(line -> name(line).length()).max().orElse(0));
        var text = new StringBuilder();
        for (InputLine line : lines) {
            String name = name(line);
            for (String part : parts(line.value())) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(InPlace.of(name))
                        .append(" ".repeat(Math.max(0, width - name.length())))
                        .append(BETWEEN)
                        .append(InPlace.of(part));
                name = "";
            }
        }
        return text.toString();
    }

    /** A name with its depth; the bar in it is shown by code point, so that the first bar of a line ends the name. */
    private static String name(InputLine line) {
        return INDENT.repeat(line.depth()) + line.name().text().replace(BAR, BAR_SHOWN);
    }

    /** The value, broken where it ends a line itself. */
    private static List<String> parts(VisibleText value) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (Part next : value.parts()) {
            part.append(next.shown());
            if (next.endsLine()) {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        if (parts.isEmpty() || !part.isEmpty()) {
            parts.add(part.toString());
        }
        return parts;
    }

    /**
     * Reads the text as a person does.
     *
     * @throws IllegalArgumentException when it is none that {@link #write} writes
     */
    public static List<InputLine> read(String text) {
        var lines = new ArrayList<InputLine>();
        for (String row : text.isEmpty() ? new String[0] : InPlace.read(text).split("\n", -1)) {
            int bar = row.indexOf(BETWEEN);
            if (bar < 0) {
                throw new IllegalArgumentException("A line of inputs has no bar: " + row);
            }
            String name = row.substring(0, bar).stripTrailing();
            String value = row.substring(bar + BETWEEN.length());
            if (name.isEmpty()) {
                if (lines.isEmpty()) {
                    throw new IllegalArgumentException("The first line of inputs has no name: " + row);
                }
                InputLine before = lines.removeLast();
                lines.add(line(before.depth(), before.name(), before.value().text() + value));
            } else {
                int depth = (name.length() - name.stripLeading().length()) / INDENT.length();
                lines.add(line(depth, visible(name.stripLeading()), value));
            }
        }
        return lines;
    }

    private static InputLine line(int depth, VisibleText name, String value) {
        return new InputLine(depth, VisibleText.empty(), name, visible(value), false);
    }

    /** What is shown already. */
    private static VisibleText visible(String shown) {
        return shown.isEmpty() ? VisibleText.empty() : new VisibleText(List.of(new Part(shown, null, "")));
    }
}
