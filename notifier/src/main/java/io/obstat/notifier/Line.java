package io.obstat.notifier;

import io.obstat.contracts.Reviewer;
import io.obstat.contracts.visible.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sentence for people. Its parts keep apart what we say, what others have written, and who and when. */
public record Line(List<Part> parts) {

    /** So much of what others have written stands in one line of a card; the rest is on the full request. In characters as shown. */
    static final int MOST_SHOWN = 600;

    /** A piece of a sentence. */
    public sealed interface Part {

        /** Our words. */
        record Said(String words) implements Part {}

        /** Our words, to stand out. */
        record Stressed(String words) implements Part {}

        /** A name or another text of others, made visible. */
        record Shown(VisibleText text) implements Part {}

        /** The words of an agent or a person, made visible, to be put in quotes. */
        record Quoted(VisibleText text) implements Part {}

        /**
         * A person who acted.
         *
         * @param authority who vouched for them, such as {@code slack:T024BE7LD}
         * @param subject by which the authority knows them
         */
        record Who(VisibleText name, String authority, String subject) implements Part {}

        /** A moment, to be shown in the reader's own time zone. */
        record When(Instant at) implements Part {}
    }

    public Line {
        parts = List.copyOf(parts);
    }

    /** Our words alone. */
    public static Line said(String words) {
        return new Builder().say(words).line();
    }

    static Builder builder() {
        return new Builder();
    }

    static final class Builder {

        private final List<Part> parts = new ArrayList<>();

        Builder say(String words) {
            if (!words.isEmpty()) {
                parts.add(new Part.Said(words));
            }
            return this;
        }

        Builder stress(String words) {
            parts.add(new Part.Stressed(words));
            return this;
        }

        Builder show(String text) {
            parts.add(new Part.Shown(clipped(text)));
            return clip(text);
        }

        /** Nothing when there is no text. */
        Builder quote(String before, @Nullable String text) {
            if (text == null || text.isBlank()) {
                return this;
            }
            say(before);
            parts.add(new Part.Quoted(clipped(text)));
            return clip(text);
        }

        Builder who(Reviewer reviewer) {
            String email = reviewer.person().email();
            parts.add(new Part.Who(
                    clipped(email == null ? reviewer.person().subject() : email),
                    reviewer.authority(),
                    reviewer.person().subject()));
            return this;
        }

        Builder add(Line line) {
            parts.addAll(line.parts());
            return this;
        }

        Builder when(Instant at) {
            parts.add(new Part.When(at));
            return this;
        }

        Line line() {
            return new Line(parts);
        }

        private Builder clip(String text) {
            int left = text.codePointCount(0, text.length()) - kept(text);
            return left == 0 ? this : say(" (%,d more characters: see the full request)".formatted(left));
        }

        private static VisibleText clipped(String text) {
            return VisibleText.of(text.substring(0, text.offsetByCodePoints(0, kept(text))));
        }

        /** How many code points have room, as they are shown. */
        private static int kept(String text) {
            int points = text.codePointCount(0, text.length());
            if (VisibleText.of(text).length() <= MOST_SHOWN) {
                return points;
            }
            // A hidden character takes up to ten.
            int least = Math.min(points, MOST_SHOWN / 10);
            int kept = Math.min(points, MOST_SHOWN);
            while (kept > least
                    && VisibleText.of(text.substring(0, text.offsetByCodePoints(0, kept)))
                                    .length()
                            > MOST_SHOWN) {
                kept = Math.max(least, kept - MOST_SHOWN / 10);
            }
            return kept;
        }
    }
}
