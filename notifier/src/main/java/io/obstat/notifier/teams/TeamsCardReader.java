package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.Signed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads a card as a person does: from the texts that it shows, how they look and where they stand. */
final class TeamsCardReader {

    private TeamsCardReader() {}

    /** A run of text that looks the same throughout. */
    private record Stretch(String text, boolean exact, boolean name) {}

    /**
     * What a yes to this card is for.
     *
     * @param body of the card, with all inputs
     * @throws IllegalArgumentException when it is no card of ours
     */
    static Signed read(JsonNode body) {
        List<Stretch> place = exact(element(body, TeamsCard.PLACE));
        List<Stretch> who = exact(element(body, TeamsCard.WHO));
        if (place.size() != 3 || who.isEmpty()) {
            throw new IllegalArgumentException("The card does not say what would be done where, or who asks");
        }
        return new Signed(
                new AgentId(read(who.getFirst())),
                who.size() == 1 ? null : read(who.get(1)),
                new Action(new ActionType(read(place.get(0))), read(place.get(1)), read(place.get(2)), inputs(body)));
    }

    private static Parameters inputs(JsonNode body) {
        var lines = new ArrayList<InputLine>();
        for (JsonNode element : body) {
            if (TeamsCard.INPUTS.equals(element.path("id").asText())) {
                element.path("items").forEach(row -> input(lines, row));
            }
        }
        return InputLines.read(lines);
    }

    private static void input(List<InputLine> lines, JsonNode row) {
        List<Stretch> stretches = stretches(row);
        List<Stretch> exact = stretches.stream().filter(Stretch::exact).toList();
        if (!exact.isEmpty() && exact.getFirst().name()) {
            Stretch first = stretches.getFirst();
            int depth = first.exact() ? 0 : first.text().length() / TeamsCard.INDENT.length();
            String value = exact.size() == 1 ? "" : exact.get(1).text();
            lines.add(new InputLine(
                    depth, VisibleText.empty(), visible(exact.getFirst().text()), visible(value), false));
        } else if (!exact.isEmpty()) {
            InputLine before = lines.removeLast();
            lines.add(new InputLine(
                    before.depth(),
                    VisibleText.empty(),
                    before.name(),
                    visible(before.value().text() + exact.getFirst().text()),
                    false));
        }
    }

    private static VisibleText visible(String shown) {
        return shown.isEmpty() ? VisibleText.empty() : new VisibleText(List.of(new VisibleText.Part(shown, null, "")));
    }

    private static JsonNode element(JsonNode body, String id) {
        return StreamSupport.stream(body.spliterator(), false)
                .filter(element -> id.equals(element.path("id").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The card has no element " + id));
    }

    private static List<Stretch> exact(JsonNode block) {
        return stretches(block).stream().filter(Stretch::exact).toList();
    }

    private static List<Stretch> stretches(JsonNode block) {
        var stretches = new ArrayList<Stretch>();
        for (JsonNode run : block.path("inlines")) {
            boolean exact = "Monospace".equals(run.path("fontType").asText());
            boolean name = exact && "Bolder".equals(run.path("weight").asText());
            String text = TeamsRuns.read(run.path("text").asText());
            Stretch last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && last.exact() && exact && last.name() == name) {
                stretches.removeLast();
                text = last.text() + text;
            }
            stretches.add(new Stretch(text, exact, name));
        }
        return stretches;
    }

    private static String read(Stretch stretch) {
        return VisibleText.read(stretch.text());
    }
}
