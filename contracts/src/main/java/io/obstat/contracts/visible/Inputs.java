package io.obstat.contracts.visible;

import io.obstat.contracts.Parameters;
import java.util.List;

/** The inputs of an action as a reviewer sees them: whole, or not at all. */
public sealed interface Inputs {

    /** The most that the list shows in one card; the request's own page shows everything. */
    int MOST_LINES = 40;

    int MOST_CHARACTERS = 3_000;

    /** Every value, so this can be approved where it is shown. */
    record Whole(List<InputLine> lines) implements Inputs {

        public Whole {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Not shown, so this cannot be approved here.
     *
     * @param why to be read as a sentence
     */
    record Withheld(String why) implements Inputs {}

    /** Only what is shown whole can be approved. */
    default boolean whole() {
        return this instanceof Whole;
    }

    /** None when withheld. */
    default List<InputLine> lines() {
        return this instanceof Whole(List<InputLine> lines) ? lines : List.of();
    }

    /** Empty when whole. */
    default String why() {
        return this instanceof Withheld(String why) ? why : "";
    }

    /** For a card in the list: whole when there is room. */
    public static Inputs forCard(Parameters parameters) {
        return of(parameters, MOST_LINES, MOST_CHARACTERS);
    }

    /** For the request's own page, where there is always room. */
    public static Inputs forPage(Parameters parameters) {
        return of(parameters, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private static Inputs of(Parameters parameters, int mostLines, int mostCharacters) {
        List<InputLine> lines = InputLines.of(parameters);
        int characters = lines.stream().mapToInt(InputLine::length).sum();
        if (lines.size() > mostLines || characters > mostCharacters) {
            return new Withheld("The inputs are too long for this list (%,d lines, %,d characters)."
                    .formatted(lines.size(), characters));
        }
        // INVARIANT: what you see is what you sign. The lines on the screen, read back, are the inputs that the digest
        // covers.
        if (!InputLines.read(lines).equals(parameters)) {
            return new Withheld("The inputs cannot be shown exactly.");
        }
        return new Whole(lines);
    }
}
