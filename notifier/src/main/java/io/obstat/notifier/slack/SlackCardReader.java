package io.obstat.notifier.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.InPlace;
import io.obstat.notifier.InputText;
import io.obstat.notifier.Signed;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a card as a person does: from the texts that it shows, and where they stand. */
final class SlackCardReader {

    private SlackCardReader() {}

    /**
     * What a yes to this card is for.
     *
     * @param blocks as JSON, with all inputs
     * @throws IllegalArgumentException when it is no card of ours
     */
    static Signed read(String blocks) {
        JsonNode what = block(blocks);
        List<JsonNode> rows =
                StreamSupport.stream(what.path("elements").spliterator(), false).toList();
        JsonNode place = rows.getFirst().path("elements");
        JsonNode who = rows.getLast().path("elements");
        boolean forSomebody = text(who, 2).strip().equals("✓  for");
        return new Signed(
                new AgentId(read(who, 1)),
                forSomebody ? read(who, 3) : null,
                new Action(new ActionType(read(place, 0)), read(place, 2), read(place, 4), inputs(rows)));
    }

    private static JsonNode block(String blocks) {
        try {
            return StreamSupport.stream(Json.strict().readTree(blocks).spliterator(), false)
                    .filter(block -> block.path("block_id").textValue().equals(SlackCard.WHAT))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("The card has no block " + SlackCard.WHAT));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The card is no JSON", e);
        }
    }

    private static Parameters inputs(List<JsonNode> rows) {
        return rows.stream()
                .filter(row -> row.path("type").textValue().equals("rich_text_preformatted"))
                .findFirst()
                .map(row -> InputLines.read(InputText.read(text(row.path("elements"), 0))))
                .orElse(Parameters.none());
    }

    private static String read(JsonNode elements, int index) {
        return VisibleText.read(InPlace.read(text(elements, index)));
    }

    private static String text(JsonNode elements, int index) {
        @Nullable JsonNode text = elements.path(index).get("text");
        if (text == null || !text.isTextual()) {
            throw new IllegalArgumentException("The card has no text where it should have one");
        }
        return text.textValue();
    }
}
