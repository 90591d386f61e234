package io.obstat.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.visible.NastyDice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cards of whatever can come of a request: those of one that people write, and those of texts that nobody should. */
public final class CardMoments {

    private static final String RESOURCE = "postgres://prod/customers";
    private static final Requirement ALL_WITH_REASON = Story.requirement(
            null,
            List.of(Verb.APPROVE, Verb.REJECT, Verb.ESCALATE, Verb.CLAIM, Verb.ASK),
            List.of(new Escalation("managers", null)));

    private final Story story;

    private CardMoments(String key) {
        story = new Story(key);
    }

    /** One that waits for a second approval, while somebody looks at it. */
    public static Card pending() {
        var moments = new CardMoments("moments");
        return card(moments.halfApproved().toList());
    }

    /** What became of {@link #pending}. */
    public static Card allowed() {
        var moments = new CardMoments("moments");
        Story story = moments.story;
        List<Notice> soFar = moments.halfApproved().toList();
        return card(Stream.concat(
                        soFar.stream(),
                        Stream.of(
                                story.decided(
                                        Outcome.ALLOWED,
                                        DecidedBy.PEOPLE,
                                        story.review("alice", Verb.APPROVE, "only what the report needs"),
                                        story.review("bob", Verb.APPROVE, null)),
                                story.executed(Result.SUCCEEDED, "48,210 rows exported")))
                .toList());
    }

    private Stream<Notice> halfApproved() {
        Parameters inputs = Parameters.of(JsonNodeFactory.instance
                .objectNode()
                .put("format", "csv")
                .put("where", "country = 'DE' and consent = true")
                .put("masked", false)
                .set("columns", JsonNodeFactory.instance.arrayNode().add("id").add("email")));
        Notice.Asked asked = story.asked("bob", "Who will get the file?");
        return Stream.of(
                story.wanted(Story.action(RESOURCE, inputs), "Quarterly churn analysis for finance", Story.ESCALATING),
                story.approved("alice", 1),
                story.claimed("bob"),
                asked,
                story.answered(asked, "Only the two analysts in finance-eu."));
    }

    /** Each by a name. */
    public static Map<String, Card> all() {
        var cards = new LinkedHashMap<String, Card>();
        cards.put("pending", pending());
        cards.put("allowed", allowed());
        var moments = new CardMoments("all");
        Story story = moments.story;
        cards.put("plain", card(story.wanted("a", Story.USUAL), story.opened("a", Story.USUAL)));
        cards.put("no inputs", card(story.wanted(Story.action(RESOURCE, Parameters.none()), "why", Story.USUAL)));
        cards.put("reasons for all", card(story.wanted("a", ALL_WITH_REASON)));
        cards.put(
                "escalated",
                card(
                        story.wanted("a", Story.ESCALATING),
                        story.escalated("managers", "alice"),
                        story.escalated("directors", null)));
        cards.put(
                "edited",
                card(
                        story.wanted("a", Story.USUAL),
                        story.opened("a", Story.USUAL),
                        story.approved("alice", 1),
                        story.wanted("b", Story.USUAL),
                        story.opened("b", Story.USUAL)));
        cards.put(
                "a key is wanted",
                card(story.wanted("a", Story.requirement(Identification.WEBAUTHN, List.of(), List.of()))));
        moments.longOnes(cards);
        Arrays.stream(Outcome.values())
                .forEach(outcome -> cards.put("ended: " + outcome, moments.ended(outcome, DecidedBy.PEOPLE)));
        Arrays.stream(DecidedBy.values())
                .forEach(by -> cards.put("allowed by " + by, moments.ended(Outcome.ALLOWED, by)));
        cards.put("revoked", moments.ended(Outcome.ALLOWED, DecidedBy.PEOPLE, story.revoked("bob")));
        cards.put("given back", moments.ended(Outcome.ALLOWED, DecidedBy.PEOPLE, story.revoked(null)));
        cards.put("never run", moments.ended(Outcome.ALLOWED, DecidedBy.PEOPLE, story.unreported(null)));
        cards.put(
                "in an emergency",
                moments.ended(
                        Outcome.ALLOWED,
                        DecidedBy.BREAK_GLASS,
                        story.broken("dave"),
                        story.unsigned(1),
                        story.unreported(story.now()),
                        story.executed(Result.FAILED, null)));
        return cards;
    }

    private Card ended(Outcome outcome, DecidedBy by, Notice... after) {
        Notice wanted = story.wanted("a", Story.ESCALATING);
        Notice decided = story.decided(outcome, by, story.review("alice", Verb.APPROVE, "as agreed"));
        return card(
                Stream.concat(Stream.of(wanted, decided), Arrays.stream(after)).toList());
    }

    private void longOnes(Map<String, Card> cards) {
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, 41).forEach(i -> many.put("column" + i, i));
        cards.put(
                "more inputs than a card has lines",
                card(story.wanted(Story.action(RESOURCE, Parameters.of(many)), "why", Story.ESCALATING)));
        many.remove("column40");
        cards.put(
                "as many inputs as a card has lines",
                card(story.wanted(Story.action(RESOURCE, Parameters.of(many)), "why", Story.ESCALATING)));
        cards.put(
                "a value without blanks",
                card(story.wanted(
                        Story.action("x".repeat(1_024), Story.where("y".repeat(2_500))),
                        "z".repeat(2_000),
                        Story.USUAL)));
        cards.put(
                "a value of many words",
                card(story.wanted(
                        Story.action("some words ".repeat(90), Story.where("more words ".repeat(220))),
                        "and more ".repeat(200),
                        Story.USUAL)));
        ObjectNode mixed = JsonNodeFactory.instance.objectNode();
        mixed.put("שלום", 12)
                .put("12", "שלום")
                .put("שלום 7", "7 שלום")
                .set("ש", JsonNodeFactory.instance.arrayNode().add(1).add("ש"));
        cards.put(
                "from right to left",
                card(story.wanted(Story.action("שלום", Parameters.of(mixed)), "12 שלום 7", Story.USUAL)));
        Stream<Notice> questions = IntStream.range(0, 40)
                .mapToObj(i -> story.asked("reviewer" + i, "What about row %d? ".formatted(i) + "w ".repeat(400)));
        cards.put(
                "more news than a card has room for",
                card(Stream.concat(Stream.of(story.wanted("a", Story.USUAL)), questions)
                        .toList()));
    }

    /** As the dice fall, in their words. */
    public static Card nasty(NastyDice dice) {
        var moments = new CardMoments("nasty");
        Story story = moments.story;
        var told = new ArrayList<Notice>();
        Requirement requirement = dice.oneIn(2) ? Story.ESCALATING : ALL_WITH_REASON;
        told.add(moments.nastyWish(dice, requirement));
        if (dice.oneIn(2)) {
            told.add(moments.nastyWish(dice, requirement));
        }
        if (dice.oneIn(2)) {
            told.add(story.escalated(words(dice, 100), null));
        }
        if (dice.oneIn(2)) {
            Notice.Asked asked = story.asked("alice", words(dice, 500));
            told.add(asked);
            told.add(story.answered(asked, words(dice, 2_000)));
        }
        if (dice.oneIn(2)) {
            told.add(story.decided(
                    Outcome.ALLOWED, DecidedBy.PEOPLE, story.review("bob", Verb.APPROVE, words(dice, 500))));
            told.add(story.executed(Result.FAILED, words(dice, 1_000)));
        }
        return card(told);
    }

    private Notice nastyWish(NastyDice dice, Requirement requirement) {
        return story.wanted(Story.action(words(dice, 1_000), dice.parameters()), words(dice, 2_000), requirement);
    }

    private static String words(NastyDice dice, int longest) {
        return NastyCards.mended(dice.text(), longest);
    }

    private static Card card(Notice... notices) {
        return card(List.of(notices));
    }

    private static Card card(List<Notice> notices) {
        return Composer.card(Approval.of(notices)).orElseThrow();
    }
}
