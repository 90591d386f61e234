package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Risk;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.contracts.visible.VisibleText.Part;
import io.obstat.notifier.Card;
import io.obstat.notifier.Card.Button;
import io.obstat.notifier.Card.Section;
import io.obstat.notifier.Card.Tone;
import io.obstat.notifier.Line;
import java.util.List;
import java.util.Locale;

/**
 * A card as Adaptive Card. Everything that others have written is in TextRuns, in which Teams reads no Markdown.
 *
 * @param json the card
 * @param summary what notifications say
 */
record TeamsCard(ObjectNode json, String summary) {

    static final String VERSION = "1.4";
    static final String PLACE = "place";
    static final String INPUTS = "inputs";
    static final String WHO = "who";
    static final String REFRESH = "refresh";
    static final String ACTION = "action";
    static final String DIGEST = "digest";

    /** SPEC: Teams, "Limits and specifications": a message is at most 28 KB; the rest of it needs room too. In bytes. */
    static final int LARGEST = 24_000;

    /** One step down in the inputs. */
    static final String INDENT = "    ";

    private static final List<Integer> MOST_LINES = List.of(8, 4, 2, 1);

    static TeamsCard of(Card card) {
        // INVARIANT: what you see is what you sign. Approval is offered on what reads back as what its digest covers.
        ArrayNode facts = facts(card);
        boolean shown = card.shows(() -> TeamsCardReader.read(facts));
        Card offered = shown ? card : card.withoutApproval();
        return MOST_LINES.stream()
                .map(mostLines -> rendered(offered, facts, mostLines))
                .filter(TeamsCard::fits)
                .findFirst()
                .orElseGet(() -> rendered(card.withoutApproval(), facts, 0));
    }

    private boolean fits() {
        return Json.write(json).length <= LARGEST;
    }

    private static TeamsCard rendered(Card card, ArrayNode facts, int mostLines) {
        ObjectNode json = object("AdaptiveCard");
        json.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.put("version", VERSION);
        json.putObject("msteams").put("width", "Full");
        json.putObject("refresh")
                .set(
                        "action",
                        data(object("Action.Execute").put("title", "Refresh").put("verb", REFRESH), card));
        ArrayNode body = json.putArray("body");
        body.add(heading(card));
        body.addAll(facts);
        card.sections().forEach(section -> sections(body, section, mostLines));
        body.add(footer(card));
        ArrayNode actions = json.putArray("actions");
        card.buttons().forEach(button -> actions.add(action(button, card)));
        actions.add(object("Action.OpenUrl")
                .put("title", "Full request")
                .put("url", card.link().toString()));
        return new TeamsCard(json, title(card) + " #" + card.shortId());
    }

    private static String title(Card card) {
        String ending = card.heading().ending();
        return "%s  %s%s"
                .formatted(
                        card.heading().risk(),
                        ending.isEmpty() ? "" : ending + ": ",
                        card.heading().title().text());
    }

    private static ObjectNode heading(Card card) {
        ObjectNode container = object("Container").put("style", style(card)).put("bleed", true);
        ObjectNode title = new TeamsRuns().stress(title(card)).block();
        ((ObjectNode) title.path("inlines").path(0)).put("size", "Medium");
        container.putArray("items").add(title);
        return container;
    }

    private static String style(Card card) {
        Tone tone = card.heading().tone();
        return switch (tone) {
            case GOOD -> "good";
            case BAD -> "attention";
            case CALM -> "emphasis";
            case WAITING -> card.heading().risk().compareTo(Risk.HIGH) >= 0 ? "warning" : "accent";
        };
    }

    private static ArrayNode facts(Card card) {
        Card.Facts facts = card.facts();
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        body.add(new TeamsRuns()
                .exactName(facts.type().text())
                .say("  on  ")
                .exact(facts.resource().text())
                .say("  in  ")
                .exact(facts.environment().text())
                .block()
                .put("id", PLACE));
        inputs(body, card);
        body.add(who(facts).put("id", WHO));
        return body;
    }

    private static void inputs(ArrayNode body, Card card) {
        Card.Facts facts = card.facts();
        if (!facts.inputs().whole()) {
            body.add(new TeamsRuns()
                    .label("Inputs")
                    .say(facts.inputs().why() + " They are ")
                    .exact(card.digest().value())
                    .say(", and stand whole on the full request.")
                    .block());
            return;
        }
        List<InputLine> lines = facts.inputs().lines();
        body.add(new TeamsRuns()
                .label("Inputs")
                .say(lines.isEmpty() ? "none" : "")
                .block());
        ObjectNode container =
                object("Container").put("id", INPUTS).put("style", "emphasis").put("spacing", "Small");
        ArrayNode items = container.putArray("items");
        lines.forEach(line -> input(items, line));
        if (!lines.isEmpty()) {
            body.add(container);
        }
    }

    /** A value goes on in a row of its own where it ends a line itself; such a row has no name. */
    private static void input(ArrayNode rows, InputLine line) {
        String indent = TeamsRuns.kept(INDENT.repeat(line.depth()));
        var row = new TeamsRuns();
        if (line.depth() > 0) {
            row.say(indent);
        }
        row.exactName(line.name().text()).say("  ");
        for (Part part : line.value().parts()) {
            row.exact(part.shown());
            if (part.endsLine()) {
                add(rows, row);
                row = new TeamsRuns().say(TeamsRuns.kept(INDENT) + indent);
            }
        }
        add(rows, row);
    }

    private static void add(ArrayNode rows, TeamsRuns row) {
        rows.add(row.block().put("spacing", "None"));
    }

    private static ObjectNode who(Card.Facts facts) {
        var who = new TeamsRuns().label("Who").exact(facts.agent().text());
        Person person = facts.onBehalfOf();
        if (person == null) {
            who.say(" ✓  for nobody else");
        } else {
            who.say(" ✓  for ")
                    .exact(VisibleText.of(person.subject()).text())
                    .say(" ✓")
                    .line(also(person.email() == null ? "" : "  ", person.email()));
        }
        Person owner = facts.owner();
        return who.line(also("  owned by ", owner.email() == null ? owner.subject() : owner.email()))
                .block();
    }

    private static Line also(String before, @org.jspecify.annotations.Nullable String text) {
        return text == null
                ? new Line(List.of())
                : new Line(List.of(new Line.Part.Said(before), new Line.Part.Shown(VisibleText.of(text))));
    }

    private static void sections(ArrayNode body, Section section, int mostLines) {
        List<Line> all = section.lines();
        // Of what has happened the last is the news.
        List<Line> some = all.subList(Math.max(0, all.size() - mostLines), all.size());
        var first = new TeamsRuns().label(section.label());
        if (some.size() < all.size()) {
            first.say("(%,d lines more on the full request) ".formatted(all.size() - some.size()));
        }
        if (some.isEmpty()) {
            body.add(first.block());
            return;
        }
        body.add(first.line(some.getFirst()).block());
        some.subList(1, some.size())
                .forEach(line -> body.add(new TeamsRuns().line(line).block().put("spacing", "None")));
    }

    private static ObjectNode footer(Card card) {
        var footer = new TeamsRuns().say("#" + card.shortId() + "  ·  ");
        if (card.heading().ending().isEmpty()) {
            footer.say("decide by ").when(card.heading().decideBy()).say("  ·  ");
        }
        ObjectNode block = footer.say(card.digest().value().substring(0, "sha256:".length() + 12) + "…")
                .block()
                .put("separator", true);
        block.path("inlines")
                .forEach(run -> ((ObjectNode) run).put("isSubtle", true).put("size", "Small"));
        return block;
    }

    private static ObjectNode action(Button button, Card card) {
        ObjectNode execute = data(
                object("Action.Execute")
                        .put("title", button.label())
                        .put("verb", button.verb().name().toLowerCase(Locale.ROOT)),
                card);
        switch (button.verb()) {
            case APPROVE -> execute.put("style", "positive");
            case REJECT -> execute.put("style", "destructive");
            default -> {}
        }
        if (!button.reason()) {
            return execute;
        }
        ObjectNode asking = object("AdaptiveCard");
        asking.putArray("body")
                .add(object("Input.Text")
                        .put("id", reason(button.verb()))
                        .put(
                                "label",
                                button.verb() == Verb.ASK
                                        ? "What do you want to know? The agent answers in the thread."
                                        : "Why? It goes on record.")
                        .put("isMultiline", true)
                        .put("isRequired", true)
                        .put("errorMessage", "Please say it.")
                        .put("maxLength", Review.LONGEST_REASON));
        asking.putArray("actions").add(execute);
        ObjectNode show = object("Action.ShowCard").put("title", button.label());
        show.set("card", asking);
        return show;
    }

    /** The input in which the reason for this verb is written; ids are unique in a card. */
    static String reason(Verb verb) {
        return "reason-" + verb.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode data(ObjectNode action, Card card) {
        action.putObject("data")
                .put(ACTION, card.action().value())
                .put(DIGEST, card.digest().value());
        return action;
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
