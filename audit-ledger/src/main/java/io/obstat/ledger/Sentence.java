package io.obstat.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that a person can read aloud, whose parts know whose words they are.
 *
 * @param parts in order, spaces included
 */
public record Sentence(List<Part> parts) {
    /** Whose words a part is. */
    public enum Voice {
        /** The ledger's own. */
        LEDGER,
        /** A name that authentication proved. */
        VERIFIED,
        /** A fact of the action, exactly as asked. */
        EXACT,
        /** Someone's own words: quoted, and nobody has checked them. */
        QUOTED
    }

    /** @param text in which hidden characters are spelled out when it is shown */
    public record Part(Voice voice, String text) {
        public VisibleText visible() {
            return VisibleText.of(text);
        }

        private String plain() {
            String shown = withSingleMarks(visible().plain());
            boolean quoted = voice == Voice.QUOTED || (voice == Voice.EXACT && shown.contains(" "));
            return quoted ? "“" + shown + "”" : shown;
        }

        /** As print does with a quotation in a quotation: double marks become single ones. */
        private static String withSingleMarks(String text) {
            var single = new StringBuilder();
            text.codePoints()
                    .map(c -> switch (c) {
                        case '“', '„', '‟', '«', '〝', '❝', '⹂' -> '‘';
                        case '”', '»', '″', '‶', '〞', '〟', '❞' -> '’';
                        case '"', '＂', 'ʺ', '״' -> '\'';
                        default -> c;
                    })
                    .forEach(single::appendCodePoint);
            return single.toString();
        }
    }

    public Sentence {
        parts = List.copyOf(parts);
    }

    /**
     * As plain text: quoted parts in quotation marks, hidden characters spelled out. A fact of more than one word is quoted too, for it could be taken
     * for words of the sentence.
     */
    public String text() {
        // INVARIANT: NoForgedQuotation. Double quotation marks are put here and come from nowhere else.
        return parts.stream().map(Part::plain).collect(Collectors.joining());
    }

    static Builder builder() {
        return new Builder();
    }

    /** Puts a sentence together. */
    static final class Builder {
        private final List<Part> parts = new ArrayList<>();

        Builder say(String text) {
            parts.add(new Part(Voice.LEDGER, text));
            return this;
        }

        Builder verified(String name) {
            parts.add(new Part(Voice.VERIFIED, name));
            return this;
        }

        Builder exact(String fact) {
            parts.add(new Part(Voice.EXACT, fact));
            return this;
        }

        /** The lead-in and the quoted words; nothing at all when there are none. */
        Builder quoted(String leadIn, @Nullable String words) {
            if (words != null && !words.isBlank()) {
                parts.add(new Part(Voice.LEDGER, leadIn));
                parts.add(new Part(Voice.QUOTED, words));
            }
            return this;
        }

        Sentence end() {
            parts.add(new Part(Voice.LEDGER, "."));
            return new Sentence(parts);
        }
    }
}
