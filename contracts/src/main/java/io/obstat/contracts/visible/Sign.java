package io.obstat.contracts.visible;

import org.jspecify.annotations.Nullable;

/**
 * Why a character is shown by its code point instead of as itself.
 */
public enum Sign {
    /** It cannot be seen, or it changes how its neighbours are seen: controls, bidirectional marks, zero-width, tags, odd spaces. */
    HIDDEN("cannot be seen, or changes how its neighbours look"),
    /** It looks like another character: a letter of another script inside a Latin word, a fraction slash. */
    LOOK_ALIKE("looks like another character"),
    /** It ends a line or moves to a tab stop: harmless, and shown so that nothing is left out. */
    LAYOUT("ends a line or moves to a tab stop"),
    /** It is one of the characters that this page uses to show the others. */
    RESERVED("is a character that this page uses to show hidden ones");

    private final String explanation;

    Sign(String explanation) {
        this.explanation = explanation;
    }

    /** To be read after the character's name. */
    public String explanation() {
        return explanation;
    }

    /** Whether a reviewer should be told. */
    public boolean worthTelling() {
        return this == HIDDEN || this == LOOK_ALIKE;
    }

    /** What this character is when it stands alone, or {@code null} when it is an ordinary one. Look-alikes depend on their word too. */
    static @Nullable Sign of(int codePoint) {
        if (codePoint == '\n' || codePoint == '\t') {
            return LAYOUT;
        }
        if (VisibleText.RESERVED.indexOf(codePoint) >= 0) {
            return RESERVED;
        }
        if (codePoint >= ' ' && codePoint <= '~') {
            return null;
        }
        return isHidden(codePoint) ? HIDDEN : LookAlikes.isOne(codePoint) ? LOOK_ALIKE : null;
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.ENCLOSING_MARK -> true;
            default -> isBlank(codePoint) || isOverlay(codePoint);
        };
    }

    /** Letters, marks and symbols that draw nothing (Unicode Default_Ignorable_Code_Point, and the blank Braille pattern). */
    private static boolean isBlank(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x2800
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || c == 0xFFFC
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    /** Marks that are drawn over the letter before them and can make it another, or strike it out. */
    private static boolean isOverlay(int c) {
        return (c >= 0x0334 && c <= 0x0338) || (c >= 0x20D0 && c <= 0x20FF);
    }
}
