package io.obstat.notifier.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.visible.NastyDice;
import io.obstat.contracts.visible.NastyText;
import io.obstat.notifier.Card;
import io.obstat.notifier.NastyCards;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TeamsCardTest {

    /** {@code ./obstat chaos} takes 100,000. */
    private static final int ACTIONS = Integer.getInteger("obstat.cards", 10_000);

    private static final Pattern FUNCTION = Pattern.compile("\\{\\{|\\$\\{");

    /** What you see is what you sign. */
    @Test
    void shouldReadEveryActionBackFromItsCard() {
        // Given, when, then
        long whole = IntStream.rangeClosed(1, ACTIONS)
                .parallel()
                .filter(TeamsCardTest::readsBack)
                .count();

        // Then most of them are short enough for a card
        assertThat(whole).isGreaterThan(ACTIONS * 9L / 10);
    }

    /** Approval is offered on what reads back as the very action, and on nothing else; and nothing is hidden. */
    private static boolean readsBack(int seed) {
        Card card = NastyCards.card(new NastyDice(seed));
        JsonNode shown = TeamsCard.of(card).json();
        boolean whole = card.facts().whole();
        // What nobody can see in it is ours: one of the action's own is shown by its code point.
        String text = TeamsRuns.read(shown.toString());
        if (approves(shown) != whole
                || (whole && !TeamsCardReader.read(shown.path("body")).equals(card.signed()))
                || NastyText.hidesSomething(text)
                || hasFunction(shown.path("body"))) {
            throw new AssertionError("Seed %d: %s is shown as %s".formatted(seed, card.signed(), shown));
        }
        return whole;
    }

    private static boolean approves(JsonNode shown) {
        return StreamSupport.stream(shown.path("actions").spliterator(), false)
                .anyMatch(action -> action.path("title").asText().equals("Approve"));
    }

    /** In what others have written; the moments are ours. */
    private static boolean hasFunction(JsonNode body) {
        return body.findValues("text").stream()
                .map(JsonNode::asText)
                .filter(text -> !text.startsWith("{{DATE(2026-11-22T"))
                .anyMatch(text -> FUNCTION.matcher(text).find());
    }
}
