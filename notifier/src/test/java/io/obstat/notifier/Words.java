package io.obstat.notifier;

import io.obstat.notifier.Line.Part;
import java.util.stream.Collectors;

/** What a person reads. */
final class Words {

    private Words() {}

    static String of(Line line) {
        return line.parts().stream()
                .map(part -> switch (part) {
                    case Part.Said(String words) -> words;
                    case Part.Stressed(String words) -> words;
                    case Part.Shown shown -> shown.text().text();
                    case Part.Quoted quoted -> "“" + quoted.text().text() + "”";
                    case Part.Who who -> who.name().text();
                    case Part.When when -> when.at().toString();
                })
                .collect(Collectors.joining());
    }

    /** The lines under this label; empty when there are none. */
    static String of(Card card, String label) {
        return card.sections().stream()
                .filter(section -> section.label().equals(label))
                .flatMap(section -> section.lines().stream())
                .map(Words::of)
                .collect(Collectors.joining("\n"));
    }
}
