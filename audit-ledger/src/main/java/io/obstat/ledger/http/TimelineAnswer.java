package io.obstat.ledger.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.Content;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import io.obstat.ledger.Timeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of an action as the API gives it.
 *
 * @param action where the action stands
 * @param entries what happened, in the order in which it happened
 * @param complete whether every entry is here
 */
public record TimelineAnswer(ActionView action, List<Line> entries, boolean complete) {
    static TimelineAnswer of(Timeline timeline) {
        return new TimelineAnswer(
                timeline.action(), timeline.lines().stream().map(Line::of).toList(), timeline.complete());
    }

    /**
     * One entry.
     *
     * @param time when it happened, by its writer's clock
     * @param sentence what happened, in words; what nobody has checked is in double quotation marks, which nothing else is
     * @param type the CloudEvents type
     * @param data the event's data as it lies in the leaf; absent when only its digest does
     * @param leaf the text whose hash is {@code leafHash}: {@code SHA-256(0x00 || leaf)}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            Instant time,
            String sentence,
            @Nullable String type,
            @Nullable String eventId,
            @Nullable JsonNode data,
            int log,
            long sequence,
            String leafHash,
            long treeSize,
            String rootHash,
            String topic,
            int partition,
            long offset,
            Instant appendedAt,
            String leaf) {
        static Line of(Timeline.Line line) {
            LedgerEntry entry = line.entry();
            LedgerLeaf leaf = line.leaf();
            LedgerLeaf.@Nullable OfEvent event = leaf instanceof LedgerLeaf.OfEvent of ? of : null;
            return new Line(
                    line.time(),
                    line.sentence().text(),
                    event == null ? null : event.eventType(),
                    event == null ? null : event.eventId().value(),
                    event != null && event.content() instanceof Content.Whole whole ? whole.data() : null,
                    entry.log(),
                    entry.sequence(),
                    entry.leafHash().base64(),
                    entry.treeSize(),
                    entry.rootHash().base64(),
                    leaf.source().topic(),
                    leaf.source().partition(),
                    leaf.source().offset(),
                    entry.appendedAt(),
                    entry.leaf());
        }
    }
}
