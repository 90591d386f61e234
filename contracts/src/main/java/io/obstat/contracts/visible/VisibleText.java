package io.obstat.contracts.visible;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text in which every character can be seen: hidden ones and look-alikes stand as {@code ⟨U+202E⟩}, a line feed as {@code ↵} with a
 * break after it, a tab as {@code ⇥}. Nothing is left out, and {@link #read} gives the text back.
 *
 * @param parts in order, never empty ones
 */
public record VisibleText(List<Part> parts) {

    /** The characters that the shown form uses itself. They are shown by code point, so that the form has one reading only. */
    public static final String RESERVED = "⟨⟩↵⇥";

    private static final Pattern SHOWN = Pattern.compile("⟨U\\+([0-9A-F]{4,6})⟩|↵|⇥");
    private static final int MOST_MARKS = 3;

    /**
     * A run of ordinary text, or one character that is shown by a sign.
     *
     * @param shown what to print
     * @param sign why it is not printed as itself; {@code null} for ordinary text
     * @param name what it is, such as {@code U+202E RIGHT-TO-LEFT OVERRIDE}; empty for ordinary text
     */
    public record Part(String shown, @Nullable Sign sign, String name) {

        public boolean plain() {
            return sign == null;
        }

        /** Why it is worth telling, to be read after its name; empty for ordinary text. */
        public String why() {
            return sign == null ? "" : sign.explanation();
        }

        public boolean layout() {
            return sign == Sign.LAYOUT;
        }

        public boolean endsLine() {
            return shown.equals("↵");
        }
    }

    public VisibleText {
        parts = List.copyOf(parts);
    }

    public static VisibleText of(String text) {
        int[] codePoints = text.codePoints().toArray();
        boolean latinText = text.codePoints().anyMatch(LookAlikes::isLatin);
        var parts = new ArrayList<Part>();
        var plain = new StringBuilder();
        int marks = MOST_MARKS;
        for (int from = 0; from < codePoints.length; ) {
            int to = wordEnd(codePoints, from);
            boolean disguised = isDisguised(codePoints, from, to, latinText);
            for (; from < to; from++) {
                int codePoint = codePoints[from];
                marks = isMark(codePoint) ? marks + 1 : Character.isLetterOrDigit(codePoint) ? 0 : MOST_MARKS;
                Sign sign = Sign.of(codePoint);
                if (sign == null && disguised && LookAlikes.isForeign(codePoint)) {
                    sign = Sign.LOOK_ALIKE;
                } else if (sign == null && marks > MOST_MARKS) {
                    sign = Sign.HIDDEN;
                }
                if (sign == null) {
                    plain.appendCodePoint(codePoint);
                } else {
                    flush(plain, parts);
                    parts.add(new Part(shown(codePoint), sign, name(codePoint)));
                }
            }
        }
        flush(plain, parts);
        return new VisibleText(parts);
    }

    /** The text that was made visible: the inverse of {@link #text()}. */
    public static String read(String shown) {
        return SHOWN.matcher(shown).replaceAll(VisibleText::original);
    }

    /** The whole as plain text. */
    public String text() {
        var text = new StringBuilder();
        parts.forEach(part -> text.append(part.shown()));
        return text.toString();
    }

    public int length() {
        return parts.stream().mapToInt(part -> part.shown().length()).sum();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** This text in double quotes. */
    public VisibleText quoted() {
        var quoted = new ArrayList<Part>();
        quoted.add(new Part("\"", null, ""));
        quoted.addAll(parts);
        quoted.add(new Part("\"", null, ""));
        return new VisibleText(quoted);
    }

    /** Counts the characters that a reviewer should be told of. */
    public void countSigns(Map<Part, Integer> counts) {
        for (Part part : parts) {
            if (part.sign() != null && part.sign().worthTelling()) {
                counts.merge(part, 1, Integer::sum);
            }
        }
    }

    private static int wordEnd(int[] codePoints, int from) {
        int to = from;
        while (to < codePoints.length && (Character.isLetterOrDigit(codePoints[to]) || isMark(codePoints[to]))) {
            to++;
        }
        return Math.max(to, from + 1);
    }

    private static boolean isDisguised(int[] codePoints, int from, int to, boolean latinText) {
        boolean latin = false;
        boolean foreign = false;
        boolean allLookLatin = true;
        for (int i = from; i < to; i++) {
            latin |= LookAlikes.isLatin(codePoints[i]);
            if (LookAlikes.isForeign(codePoints[i])) {
                foreign = true;
                allLookLatin &= LookAlikes.looksLatin(codePoints[i]);
            }
        }
        return foreign && (latin || (latinText && allLookLatin));
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static void flush(StringBuilder plain, List<Part> parts) {
        if (!plain.isEmpty()) {
            parts.add(new Part(plain.toString(), null, ""));
            plain.setLength(0);
        }
    }

    private static String shown(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "↵";
            case '\t' -> "⇥";
            default -> "⟨U+%04X⟩".formatted(codePoint);
        };
    }

    private static String name(int codePoint) {
        String name = Character.getName(codePoint);
        return "U+%04X %s".formatted(codePoint, name == null ? "unassigned" : name);
    }

    private static String original(MatchResult shown) {
        String original = switch (shown.group()) {
            case "↵" -> "\n";
            case "⇥" -> "\t";
            default -> Character.toString(Integer.parseInt(shown.group(1), 16));
        };
        return Matcher.quoteReplacement(original);
    }

    /** Nothing to show. */
    public static VisibleText empty() {
        return new VisibleText(List.of());
    }
}
