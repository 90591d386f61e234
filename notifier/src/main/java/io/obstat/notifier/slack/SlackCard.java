package io.obstat.notifier.slack;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Risk;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.Card;
import io.obstat.notifier.Card.Button;
import io.obstat.notifier.Card.Section;
import io.obstat.notifier.InPlace;
import io.obstat.notifier.InputText;
import io.obstat.notifier.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A card in Block Kit. Everything that others have written is a text element of rich text, which Slack does not parse.
 *
 * @param blocks the blocks as JSON
 * @param text what notifications say; mrkdwn, escaped
 */
record SlackCard(String blocks, String text) {

    static final String WHAT = "what";
    static final String VERBS = "verbs";
    private static final int LONGEST_HEADER = 150;

    /** SPEC: docs.slack.dev, msg_blocks_too_long; Slack gives no figure, and has been seen to refuse from 13,200 on. */
    private static final int LONGEST = 12_000;

    private static final List<Integer> MOST_LINES = List.of(8, 4, 2, 1);

    /**
     * The card for Slack.
     *
     * @param team whose users are named as Slack names them
     */
    static SlackCard of(Card card, String team) {
        // INVARIANT: what you see is what you sign. Approval is offered on what reads back as what its digest covers.
        List<LayoutBlock> facts = facts(card);
        boolean shown = card.shows(() -> SlackCardReader.read(SlackJson.write(facts)));
        return MOST_LINES.stream()
                .map(mostLines -> rendered(shown ? card : card.withoutApproval(), facts, team, mostLines))
                .filter(rendered -> rendered.blocks().length() <= LONGEST)
                .findFirst()
                .orElseGet(() -> rendered(card.withoutApproval(), facts, team, 1));
    }

    private static SlackCard rendered(Card card, List<LayoutBlock> facts, String team, int mostLines) {
        var blocks = new ArrayList<LayoutBlock>();
        blocks.add(header(card));
        blocks.addAll(facts);
        var text = new SlackText(team);
        card.sections().forEach(section -> blocks.add(section(section, text, mostLines)));
        blocks.add(actions(card));
        blocks.add(footer(card));
        return new SlackCard(SlackJson.write(blocks), SlackText.escaped(title(card)) + " #" + card.shortId());
    }

    private static String title(Card card) {
        String state = card.heading().ending().isEmpty() ? "" : card.heading().ending() + ": ";
        return "%s  %s%s"
                .formatted(
                        mark(card.heading().risk()),
                        state,
                        card.heading().title().text());
    }

    private static String mark(Risk risk) {
        return switch (risk) {
                    case LOW -> "🟢 ";
                    case MEDIUM -> "🟡 ";
                    case HIGH -> "🟠 ";
                    case CRITICAL -> "🔴 ";
                }
                + risk.name();
    }

    private static LayoutBlock header(Card card) {
        String title = title(card);
        return title.length() <= LONGEST_HEADER
                ? HeaderBlock.builder()
                        .blockId("title")
                        .text(PlainTextObject.builder().text(title).emoji(false).build())
                        .build()
                : rich("title", List.of(section(List.of(SlackText.bold(title)))));
    }

    private static List<LayoutBlock> facts(Card card) {
        Card.Facts facts = card.facts();
        var what = new ArrayList<RichTextElement>();
        what.add(section(List.of(
                SlackText.bold(facts.type().text()),
                SlackText.plain("  on  "),
                SlackText.code(facts.resource()),
                SlackText.plain("  in  "),
                SlackText.code(facts.environment()))));
        if (!facts.inputs().whole()) {
            what.add(section(List.of(
                    SlackText.bold("Inputs  "),
                    SlackText.plain(facts.inputs().why() + " They are "
                            + card.digest().value() + ", and stand whole on the full request."))));
        } else if (facts.inputs().lines().isEmpty()) {
            what.add(section(List.of(SlackText.bold("Inputs  "), SlackText.plain("none"))));
        } else {
            what.add(section(List.of(SlackText.bold("Inputs"))));
            what.add(RichTextPreformattedElement.builder()
                    .elements(List.of(
                            SlackText.plain(InputText.write(facts.inputs().lines()))))
                    .build());
        }
        what.add(section(who(facts)));
        return List.of(rich(WHAT, what));
    }

    private static List<RichTextElement> who(Card.Facts facts) {
        var who = new ArrayList<RichTextElement>();
        who.add(SlackText.bold("Who  "));
        who.add(SlackText.code(facts.agent()));
        Person person = facts.onBehalfOf();
        if (person == null) {
            who.add(SlackText.plain(" ✓  for nobody else"));
        } else {
            who.add(SlackText.plain(" ✓  for "));
            who.add(SlackText.code(VisibleText.of(person.subject())));
            who.add(SlackText.plain(" ✓"));
            if (person.email() != null) {
                who.add(SlackText.plain(
                        "  " + InPlace.of(VisibleText.of(person.email()).text())));
            }
        }
        Person owner = facts.owner();
        who.add(SlackText.plain("  owned by "
                + InPlace.of(VisibleText.of(owner.email() == null ? owner.subject() : owner.email())
                        .text())));
        return who;
    }

    private static LayoutBlock section(Section section, SlackText text, int mostLines) {
        var lines = new ArrayList<RichTextElement>();
        var first = new ArrayList<RichTextElement>();
        first.add(SlackText.bold(section.label() + "  "));
        List<Line> all = section.lines();
        // Of what has happened the last is the news.
        List<Line> some = all.subList(Math.max(0, all.size() - mostLines), all.size());
        if (some.size() < all.size()) {
            first.add(SlackText.plain("(%,d lines more on the full request) ".formatted(all.size() - some.size())));
        }
        for (Line line : some) {
            first.addAll(text.elements(line));
            first.add(SlackText.plain("\n"));
        }
        first.removeLast();
        lines.add(section(first));
        return rich(section.label().toLowerCase(Locale.ROOT).replace(' ', '-'), lines);
    }

    private static LayoutBlock actions(Card card) {
        var elements = new ArrayList<BlockElement>();
        for (Button button : card.buttons()) {
            elements.add(ButtonElement.builder()
                    .actionId(SlackButton.actionId(button))
                    .text(PlainTextObject.builder().text(button.label()).build())
                    .value(new SlackButton(card.action(), card.digest()).value())
                    .style(button.verb() == Verb.APPROVE ? "primary" : button.verb() == Verb.REJECT ? "danger" : null)
                    .build());
        }
        elements.add(ButtonElement.builder()
                .actionId(SlackButton.FULL_REQUEST)
                .text(PlainTextObject.builder().text("Full request").build())
                .url(card.link().toString())
                .build());
        return ActionsBlock.builder().blockId(VERBS).elements(elements).build();
    }

    private static LayoutBlock footer(Card card) {
        var footer = new ArrayList<RichTextElement>();
        footer.add(SlackText.plain("#" + card.shortId() + "  ·  "));
        if (card.heading().ending().isEmpty()) {
            footer.add(SlackText.plain("decide by "));
            footer.add(SlackText.when(card.heading().decideBy()));
            footer.add(SlackText.plain("  ·  "));
        }
        footer.add(SlackText.plain(card.digest().value().substring(0, "sha256:".length() + 12) + "…"));
        return rich("footer", List.of(section(footer)));
    }

    private static RichTextElement section(List<RichTextElement> elements) {
        return RichTextSectionElement.builder().elements(elements).build();
    }

    private static LayoutBlock rich(String id, List<RichTextElement> elements) {
        return RichTextBlock.builder()
                .blockId(id)
                .elements(elements.stream().map(BlockElement.class::cast).toList())
                .build();
    }
}
