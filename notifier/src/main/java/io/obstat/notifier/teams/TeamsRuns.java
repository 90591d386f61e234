package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.InPlace;
import io.obstat.notifier.Line;
import io.obstat.notifier.Line.Part;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * One RichTextBlock of an Adaptive Card, run by run. Teams reads no Markdown in a TextRun (SPEC: Adaptive Cards, "Text features"), so that
 * {@code **} and {@code [x](y)} are what they are in it. What is left are functions such as {@code {{DATE(…)}}}; they are broken apart.
 */
final class TeamsRuns {

    private static final String NO_BREAK = "\u00A0";

    /** Where a line may end, and nothing is seen of it. */
    private static final String BREAK = "\u200B";

    /**
     * SPEC: nothing in Adaptive Cards breaks a word of a RichTextBlock, and where the card ends, so does what is seen of it. Every 28
     * characters there is a place to break, which fits on a telephone, but none near the end of a word or before a combining mark.
     */
    private static final Pattern LONG_WORD = Pattern.compile("[^ ]{28}(?=[^ \\p{M}][^ ]{7})");

    /** A browser shows blanks in a row as one, and none at either end. */
    private static final Pattern LOST_BLANK = Pattern.compile("^ | $|(?<= ) | (?= )");

    private final ArrayNode inlines = JsonNodeFactory.instance.arrayNode();

    /** Our words. Two blanks are a gap. */
    TeamsRuns say(String words) {
        if (!words.isEmpty()) {
            run(gaps(words));
        }
        return this;
    }

    /** Our words, to stand out. */
    TeamsRuns stress(String words) {
        run(gaps(words)).put("weight", "Bolder");
        return this;
    }

    /** What the rest of the block is about. */
    TeamsRuns label(String words) {
        run(gaps(words + "  ")).put("weight", "Bolder").put("isSubtle", true);
        return this;
    }

    private static String gaps(String words) {
        return words.replace("  ", NO_BREAK + " ");
    }

    /** What others have written, in a fixed-width font: each character takes its place. */
    TeamsRuns exact(String shown) {
        apart(shown, false);
        return this;
    }

    /** The same, to stand out. */
    TeamsRuns exactName(String shown) {
        apart(shown, true);
        return this;
    }

    TeamsRuns line(Line line) {
        for (Part part : line.parts()) {
            switch (part) {
                case Part.Said(String words) -> say(words);
                case Part.Stressed(String words) -> stress(words);
                case Part.Shown(VisibleText text) -> shown(text, false);
                case Part.Quoted(VisibleText text) -> {
                    say("“");
                    shown(text, true);
                    say("”");
                }
                case Part.Who who -> shown(who.name(), false);
                case Part.When(Instant at) -> when(at);
            }
        }
        return this;
    }

    /** In the reader's own time zone. SPEC: Adaptive Cards, "Date and time functions". */
    TeamsRuns when(Instant at) {
        String second = at.truncatedTo(ChronoUnit.SECONDS).toString();
        run("{{DATE(%s, SHORT)}} {{TIME(%s)}}".formatted(second, second));
        return this;
    }

    private void shown(VisibleText text, boolean italic) {
        for (String piece : pieces(text.text())) {
            ObjectNode run = run(piece);
            if (italic) {
                run.put("italic", true);
            }
        }
    }

    private void apart(String shown, boolean name) {
        for (String piece : pieces(shown)) {
            ObjectNode run = run(piece).put("fontType", "Monospace");
            if (name) {
                run.put("weight", "Bolder");
            }
        }
    }

    /** So that no piece has a function in it: none has two braces, or a dollar and a brace, one after the other. */
    private static String[] pieces(String text) {
        return InPlace.of(kept(text)).split("(?<=[{$])(?=\\{)");
    }

    /** The same, so that no blank of it is lost and none of it is cut off. */
    static String kept(String text) {
        String blanks = LOST_BLANK.matcher(text).replaceAll(NO_BREAK);
        return LONG_WORD.matcher(blanks).replaceAll("$0" + BREAK);
    }

    /** What was to be shown. None of that is a no-break space, a place to break or a mark itself: those are shown by code point. */
    static String read(String text) {
        return InPlace.read(text).replace(NO_BREAK, " ").replace(BREAK, "");
    }

    private ObjectNode run(String text) {
        return inlines.addObject().put("type", "TextRun").put("text", text);
    }

    ObjectNode block() {
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        block.put("type", "RichTextBlock").set("inlines", inlines);
        return block;
    }
}
