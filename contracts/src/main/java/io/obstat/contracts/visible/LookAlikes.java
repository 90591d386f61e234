package io.obstat.contracts.visible;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Characters that a reviewer can take for others. The letters are the single-script confusables of Unicode UTS #39 that look like Latin
 * ones in common fonts; a letter outside that list is still shown as foreign when its word mixes scripts.
 */
final class LookAlikes {

    private static final String CYRILLIC = "асеорхуіѕјԁԛԝһӏүАВЕКМНОРСТХУІЅЈԌҮ";
    private static final String GREEK = "αγικνορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ";
    private static final String OTHER = "օոսհցզքՏՍՕꓐꓑꓓꓔꓖꓗꓙꓚꓛꓜꓝꓟꓠꓡꓢꓣꓤꓥꓦꓧꓨꓪꓫꓬꓮꓰꓲꓳꓴ";

    /** Slashes, dots, hyphens, colons, commas, quotes and a semicolon that are not the ASCII ones. */
    private static final String PUNCTUATION =
            "\u2044\u2215\u29F8\u2571\u2024\uA4F8\uA789\u2236\u02D0\u037E\u2010\u2011\u2212\u02D7\u02BC\u02B9\u201A\uA4F9\u0589\u05C3\u01C3";

    private static final Set<UnicodeScript> CONFUSABLE = Set.of(
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.COPTIC,
            UnicodeScript.LISU);

    private LookAlikes() {}

    /** Whether it looks like an ASCII character wherever it stands: full-width and mathematical letters, other scripts' digits, punctuation. */
    static boolean isOne(int codePoint) {
        return (codePoint >= 0xFF01 && codePoint <= 0xFF5E)
                || (codePoint >= 0x1D400 && codePoint <= 0x1D7FF)
                || (codePoint >= 0x2100 && codePoint <= 0x218B && Character.isLetter(codePoint))
                || Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER
                || PUNCTUATION.indexOf(codePoint) >= 0;
    }

    /** Whether it is a letter of a script that can be mixed into a Latin word unseen. */
    static boolean isForeign(int codePoint) {
        return Character.isLetter(codePoint) && CONFUSABLE.contains(UnicodeScript.of(codePoint));
    }

    static boolean isLatin(int codePoint) {
        return Character.isLetter(codePoint) && UnicodeScript.of(codePoint) == UnicodeScript.LATIN;
    }

    /** Whether this foreign letter is the very picture of a Latin one, so that a whole word of them can pass for a Latin word. */
    static boolean looksLatin(int codePoint) {
        return CYRILLIC.indexOf(codePoint) >= 0 || GREEK.indexOf(codePoint) >= 0 || OTHER.indexOf(codePoint) >= 0;
    }
}
