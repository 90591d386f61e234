package io.obstat.notifier.email;

import io.obstat.contracts.visible.VisibleText;
import java.util.regex.Pattern;

/**
 * Text that others wrote, as it stands in a mail: every character visible, and nothing in it that a mail program makes a link of by itself.
 * They do so with what looks like an address, in plain text as well as in HTML. The character that makes it look like one stands in
 * brackets that nobody can have typed, as {@link VisibleText} shows those by code point: {@code https⟨:⟩//evil⟨.⟩example}.
 */
final class Unlinked {

    /** So much of a text is shown, in characters as they are shown before anything is put into brackets. */
    static final int LONGEST = 300;

    /**
     * What joins the parts of an address: the colon of a scheme ({@code https:}, {@code mailto:}), the dot of a host (and the three that
     * name resolution takes for one), the sign of an e-mail address, the second backslash of a share.
     */
    private static final Pattern JOINTS =
            Pattern.compile("(?<=[\\p{Alnum}+.-]):(?=\\S)|(?<=\\S)[.。．｡](?=\\p{L})|(?<=\\S)@(?=\\S)|(?<=\\\\)\\\\");

    private Unlinked() {}

    /** At most {@value #LONGEST} characters of it, and how many are left out. */
    static String of(VisibleText text) {
        var kept = new StringBuilder();
        int left = 0;
        for (VisibleText.Part part : text.parts()) {
            int room = left > 0 ? 0 : LONGEST - kept.length();
            String fits = part.shown().length() <= room ? part.shown() : part.plain() ? cut(part.shown(), room) : "";
            kept.append(fits);
            left += characters(part) - (fits.isEmpty() ? 0 : part.plain() ? fits.codePointCount(0, fits.length()) : 1);
        }
        String shown = JOINTS.matcher(kept).replaceAll(joint -> "⟨" + escaped(joint.group()) + "⟩");
        return left == 0 ? shown : "%s … (%d more characters)".formatted(shown, left);
    }

    /** For {@link java.util.regex.Matcher#replaceAll}. */
    private static String escaped(String joint) {
        return joint.equals("\\") ? "\\\\" : joint;
    }

    private static int characters(VisibleText.Part part) {
        return part.plain() ? part.shown().codePointCount(0, part.shown().length()) : 1;
    }

    private static String cut(String shown, int most) {
        boolean splits = most > 0 && Character.isHighSurrogate(shown.charAt(most - 1));
        return shown.substring(0, splits ? most - 1 : most);
    }
}
