package io.obstat.ledger.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.Verdict;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import io.obstat.ledger.Mood;
import io.obstat.ledger.Sentence;
import io.obstat.ledger.Timeline;
import io.obstat.ledger.VisibleText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The timeline of an action in the words of its page. */
record TimelineShown(Shown action, List<Line> lines, List<Input> inputs, boolean complete) {
    static TimelineShown of(Timeline timeline) {
        return new TimelineShown(
                new Shown(timeline.action()),
                timeline.lines().stream().map(Line::new).toList(),
                inputs(timeline),
                timeline.complete());
    }

    /** One of the action's exact inputs, at the top level. */
    record Input(VisibleText name, VisibleText value) {}

    /** One line of the timeline. */
    record Line(Timeline.Line line) {
        public String day() {
            return Shown.day(line.time());
        }

        public String time() {
            return Shown.time(line.time());
        }

        public String instant() {
            return line.time().toString();
        }

        public List<Sentence.Part> parts() {
            return line.sentence().parts();
        }

        public String leafHash() {
            return line.entry().leafHash().base64();
        }

        public String rootHash() {
            return line.entry().rootHash().base64();
        }

        public LedgerEntry entry() {
            return line.entry();
        }

        public String source() {
            return "%s, partition %d, offset %d"
                    .formatted(
                            line.leaf().source().topic(),
                            line.leaf().source().partition(),
                            line.leaf().source().offset());
        }

        public VisibleText leaf() {
            return VisibleText.of(line.entry().leaf());
        }

        /** The style of its dot: {@code good}, {@code bad} or none. */
        public String mood() {
            return Shown.mood(event(line).map(Mood::of).orElse(Mood.NEITHER));
        }
    }

    private static List<Input> inputs(Timeline timeline) {
        return timeline.lines().stream()
                .flatMap(line -> event(line).stream())
                .flatMap(event -> event instanceof ActionRequested request
                        ? Stream.of(request)
                        : event instanceof Verdict verdict ? Stream.of(verdict.request()) : Stream.empty())
                // The last one: a reviewer may have changed what was asked.
                .reduce((earlier, later) -> later)
                .map(request -> request.action().parameters().asTree())
                .map(tree -> tree.properties().stream()
                        .map(field -> new Input(VisibleText.of(field.getKey()), text(field.getValue())))
                        .toList())
                .orElse(List.of());
    }

    private static VisibleText text(JsonNode value) {
        return VisibleText.of(value.isTextual() ? value.textValue() : value.toString());
    }

    private static Optional<Event> event(Timeline.Line line) {
        return line.leaf() instanceof LedgerLeaf.OfEvent event ? event.event() : Optional.empty();
    }
}
