package io.obstat.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Everything the ledger knows of one action, in the order in which it happened.
 *
 * @param action where it stands
 * @param lines by event time, and by sequence where that is the same
 * @param complete whether no entry was left out
 */
public record Timeline(ActionView action, List<Line> lines, boolean complete) {
    private static final Comparator<Line> AS_IT_HAPPENED = Comparator.comparing(Line::time)
            .thenComparing(line -> line.entry().log())
            .thenComparing(line -> line.entry().sequence());

    public Timeline {
        lines = lines.stream().sorted(AS_IT_HAPPENED).toList();
    }

    /** The timeline of these entries, which are about {@code action}. */
    public static Timeline of(ActionView action, List<LedgerEntry> entries, boolean complete) {
        return new Timeline(action, entries.stream().map(Line::of).toList(), complete);
    }

    /** One entry, read and told. */
    public record Line(LedgerEntry entry, LedgerLeaf leaf, Sentence sentence) {
        static Line of(LedgerEntry entry) {
            LedgerLeaf leaf = entry.parsedLeaf();
            return new Line(entry, leaf, Narrator.tell(leaf));
        }

        /** When it happened, by its writer's clock; for a record that could not be read, when the ledger took it in. */
        public Instant time() {
            return switch (leaf) {
                case LedgerLeaf.OfEvent event -> event.eventTime();
                case LedgerLeaf.OfUnreadable unreadable -> entry.appendedAt();
            };
        }
    }
}
