package io.obstat.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.visible.NastyDice;
import io.obstat.contracts.visible.NastyText;
import io.obstat.notifier.Card;
import io.obstat.notifier.InPlace;
import io.obstat.notifier.NastyCards;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SlackCardTest {

    private static final String TEAM = "T0OBSTAT";

    /** {@code ./obstat chaos} takes 100,000. */
    private static final int ACTIONS = Integer.getInteger("obstat.cards", 10_000);

    /** What you see is what you sign. */
    @Test
    void shouldReadEveryActionBackFromItsCard() {
        // Given, when, then
        long whole = IntStream.rangeClosed(1, ACTIONS)
                .parallel()
                .filter(SlackCardTest::readsBack)
                .count();

        // Then most of them are short enough for a card
        assertThat(whole).isGreaterThan(ACTIONS * 9L / 10);
    }

    /** Approval is offered on what reads back as the very action, and on nothing else; and nothing is hidden. */
    private static boolean readsBack(int seed) {
        Card card = NastyCards.card(new NastyDice(seed));
        SlackCard shown = SlackCard.of(card, TEAM);
        boolean whole = card.facts().whole();
        if (approves(shown) != whole
                || (whole && !SlackCardReader.read(shown.blocks()).equals(card.signed()))
                || NastyText.hidesSomething(InPlace.read(shown.blocks()))) {
            throw new AssertionError("Seed %d: %s is shown as %s".formatted(seed, card.signed(), shown.blocks()));
        }
        return whole;
    }

    private static boolean approves(SlackCard shown) {
        return blocks(shown)
                .filter(block -> block.path("block_id").asText().equals(SlackCard.VERBS))
                .flatMap(block -> StreamSupport.stream(block.path("elements").spliterator(), false))
                .anyMatch(button -> button.path("action_id").asText().startsWith("approve"));
    }

    private static Stream<JsonNode> blocks(SlackCard shown) {
        try {
            return StreamSupport.stream(Json.strict().readTree(shown.blocks()).spliterator(), false);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
