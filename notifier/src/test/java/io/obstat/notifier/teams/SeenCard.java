package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.notifier.Card;
import io.obstat.notifier.Card.Button;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A card as its reader sees it.
 *
 * @param seen what {@code official/page.js} says of it
 */
record SeenCard(JsonNode seen) {

    /** SPEC: Teams, "Format cards": what Teams reads beside the renderer. */
    private static final Pattern KNOWN_TO_OTHERS = Pattern.compile("/msteams means nothing to .*");

    private static final Pattern MOMENT = Pattern.compile("\\{\\{DATE\\((.+), SHORT\\)}} \\{\\{TIME\\(\\1\\)}}");
    private static final DateTimeFormatter BERLIN =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm", Locale.ENGLISH).withZone(ZoneId.of("Europe/Berlin"));

    /** In what this differs from the card that was to be shown; empty when in nothing. */
    List<String> faults(Card card, JsonNode sent) {
        var faults = new ArrayList<String>();
        texts(seen.path("problems"))
                .filter(problem -> !KNOWN_TO_OTHERS.matcher(problem).matches())
                .forEach(faults::add);
        texts(seen.path("others")).map(text -> "also shown: " + text).forEach(faults::add);
        texts(seen.path("cutOff")).map(text -> "cut off: " + text).forEach(faults::add);
        texts(seen.path("disordered"))
                .map(text -> "not where it belongs: " + text)
                .forEach(faults::add);
        blocks(faults, sent);
        signed(faults, card);
        clicks(faults, card, sent);
        return faults;
    }

    private void blocks(List<String> faults, JsonNode sent) {
        List<JsonNode> wanted = new ArrayList<>();
        sent.path("body").forEach(element -> {
            if (element.has("items")) {
                element.path("items").forEach(wanted::add);
            } else {
                wanted.add(element);
            }
        });
        JsonNode blocks = seen.path("blocks");
        differ(faults, "number of blocks", wanted.size(), blocks.size());
        for (int i = 0; i < Math.min(wanted.size(), blocks.size()); i++) {
            block(faults, wanted.get(i).path("inlines"), blocks.path(i));
        }
    }

    private static void block(List<String> faults, JsonNode wanted, JsonNode block) {
        var text = new StringBuilder();
        JsonNode runs = block.path("runs");
        differ(faults, "number of runs", wanted.size(), runs.size());
        for (int i = 0; i < Math.min(wanted.size(), runs.size()); i++) {
            JsonNode run = wanted.path(i);
            String shown = shown(run.path("text").asText());
            text.append(shown);
            differ(faults, "text", shown, runs.path(i).path("text").asText());
            differ(
                    faults,
                    "monospace",
                    run.path("fontType").asText().equals("Monospace"),
                    runs.path(i).path("monospace").asBoolean());
            differ(
                    faults,
                    "bold",
                    run.path("weight").asText().equals("Bolder"),
                    runs.path(i).path("bold").asBoolean());
            differ(
                    faults,
                    "italic",
                    run.path("italic").asBoolean(),
                    runs.path(i).path("italic").asBoolean());
        }
        // As it is laid out: no blank is lost, but for those at the end of it.
        differ(
                faults,
                "line",
                text.toString().strip(),
                block.path("text").asText().strip());
    }

    private static String shown(String text) {
        Matcher moment = MOMENT.matcher(text);
        return moment.matches() ? BERLIN.format(Instant.parse(moment.group(1))) : text;
    }

    /** What you see is what you sign. */
    private void signed(List<String> faults, Card card) {
        if (!card.facts().whole()) {
            return;
        }
        try {
            differ(faults, "action", card.signed(), TeamsCardReader.read(body()));
        } catch (IllegalArgumentException e) {
            faults.add("no action can be read: " + e.getMessage());
        }
    }

    /** As the reader of cards wants it, of nothing but what is on the screen. */
    private ArrayNode body() {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        ObjectNode inputs = body.addObject().put("id", TeamsCard.INPUTS);
        ArrayNode rows = inputs.putArray("items");
        for (JsonNode block : seen.path("blocks")) {
            ObjectNode element =
                    block.path("within").asText().equals(TeamsCard.INPUTS) ? rows.addObject() : body.addObject();
            ArrayNode inlines = element.put("id", block.path("id").asText()).putArray("inlines");
            block.path("runs")
                    .forEach(run -> inlines.addObject()
                            .put("text", run.path("text").asText())
                            .put("fontType", run.path("monospace").asBoolean() ? "Monospace" : "Default")
                            .put("weight", run.path("bold").asBoolean() ? "Bolder" : "Default"));
        }
        return body;
    }

    /** Which buttons there are, what they ask for, and what they send. */
    private void clicks(List<String> faults, Card card, JsonNode sent) {
        boolean approves = StreamSupport.stream(sent.path("actions").spliterator(), false)
                .anyMatch(action -> action.path("title").asText().equals("Approve"));
        List<Button> buttons = (approves ? card : card.withoutApproval()).buttons();
        differ(
                faults,
                "buttons",
                Stream.concat(buttons.stream().map(Button::label), Stream.of("Full request"))
                        .toList(),
                texts(seen.path("buttons")).toList());
        JsonNode clicks = seen.path("clicks");
        for (int i = 0; i < Math.min(buttons.size(), clicks.size()); i++) {
            Button button = buttons.get(i);
            JsonNode click = clicks.path(i);
            ObjectNode data = JsonNodeFactory.instance
                    .objectNode()
                    .put(TeamsCard.ACTION, card.action().value())
                    .put(TeamsCard.DIGEST, card.digest().value());
            if (button.reason()) {
                data.put(TeamsCard.reason(button.verb()), "Because.");
            }
            differ(faults, "asks", button.reason(), !click.path("asks").asText().isEmpty());
            differ(faults, "sent without a reason", true, click.path("without").isNull());
            differ(
                    faults,
                    "verb",
                    button.verb().name().toLowerCase(Locale.ROOT),
                    click.path("done").path("verb").asText());
            differ(faults, "data", data, click.path("done").path("data"));
        }
        differ(
                faults,
                "link",
                card.link().toString(),
                clicks.path(clicks.size() - 1).path("done").path("url").asText());
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static void differ(List<String> faults, String what, Object wanted, Object shown) {
        if (!Objects.equals(wanted, shown)) {
            faults.add("%s: wanted <%s>, shown is <%s>".formatted(what, wanted, shown));
        }
    }
}
