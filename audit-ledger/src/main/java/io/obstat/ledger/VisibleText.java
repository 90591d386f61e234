package io.obstat.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Untrusted text in which nothing is hidden: characters that a screen would not show, or that would make it show something else
 * (bidirectional overrides, zero-width characters, tag characters, controls, unassigned ones), are spelled out as {@code ⟨U+202E⟩}.
 *
 * @param runs the text in order
 */
public record VisibleText(List<Run> runs) {
    /**
     * @param text what to show
     * @param spelledOut whether it stands for a hidden character
     */
    public record Run(String text, boolean spelledOut) {}

    public VisibleText {
        runs = List.copyOf(runs);
    }

    public static VisibleText of(String text) {
        var runs = new ArrayList<Run>();
        var plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!isHidden(c)) {
                plain.appendCodePoint(c);
                return;
            }
            if (!plain.isEmpty()) {
                runs.add(new Run(plain.toString(), false));
                plain.setLength(0);
            }
            runs.add(new Run(c == '\n' ? "↵" : "⟨U+%04X⟩".formatted(c), true));
        });
        if (!plain.isEmpty()) {
            runs.add(new Run(plain.toString(), false));
        }
        return new VisibleText(runs);
    }

    /** As plain text. */
    public String plain() {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> isBlankGlyph(c) || isVariationSelector(c);
        };
    }

    /** Letters and marks that are drawn as nothing: Hangul fillers, the Khmer inherent vowels, the grapheme joiner, blank Braille. */
    private static boolean isBlankGlyph(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x2800
                || c == 0x3164
                || c == 0xFFA0;
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F) || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
