package io.obstat.notifier.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.visible.NastyDice;
import io.obstat.notifier.Card;
import io.obstat.notifier.CardMoments;
import io.obstat.notifier.NastyCards;
import io.obstat.notifier.slack.SlackBlocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cards as Microsoft's own renderer takes and shows them, in a real browser. */
@Timeout(600)
class OfficialAdaptiveCardsTest {

    /** Of each kind. {@code ./obstat chaos} takes 1,000. */
    private static final int DRAWN = Math.max(200, Integer.getInteger("obstat.cards", 0) / 100);

    private static final Path PICTURES = Path.of("target/cards");

    /** What you see is what you sign: what is on the screen is read back, and it is what the card was made of. */
    @Test
    void shouldShowEveryCardAsItIsWritten() throws Exception {
        // Given
        Map<String, Card> cards = new LinkedHashMap<>(CardMoments.all());
        IntStream.rangeClosed(1, DRAWN).forEach(seed -> {
            cards.put("action of seed " + seed, NastyCards.card(new NastyDice(seed)));
            cards.put("story of seed " + seed, CardMoments.nasty(new NastyDice(seed)));
        });
        List<ObjectNode> sent =
                cards.values().stream().map(card -> TeamsCard.of(card).json()).toList();

        // When
        List<SeenCard> seen;
        try (OfficialRenderer official = OfficialRenderer.start()) {
            seen = official.see(sent);
        }

        // Then
        assertThat(seen).hasSameSizeAs(sent);
        List<String> names = new ArrayList<>(cards.keySet());
        var softly = new SoftAssertions();
        for (int i = 0; i < seen.size(); i++) {
            String name = names.get(i);
            softly.assertThat(seen.get(i).faults(cards.get(name), sent.get(i)))
                    .as(name)
                    .isEmpty();
        }
        softly.assertAll();
    }

    /** The test of the test. */
    @Test
    void shouldReportEachFaultOfACard() throws Exception {
        // Given
        Card card = CardMoments.pending();
        Map<String, Consumer<ObjectNode>> faults = new LinkedHashMap<>();
        faults.put("/body/1/nonsense means nothing", sent -> at(sent, "/body/1").put("nonsense", true));
        faults.put(
                "/actions/1/card/body/0/nonsense means",
                sent -> at(sent, "/actions/1/card/body/0").put("nonsense", true));
        faults.put(
                "\"later\" for property \"style\"", sent -> at(sent, "/body/0").put("style", "later"));
        faults.put(
                "\"tooltip\" is supported in version 1.5",
                sent -> at(sent, "/actions/0").put("tooltip", "Approve it"));
        faults.put(
                "text: wanted <{{DATE",
                sent -> at(sent, "/body/1/inlines/2").put("text", "{{DATE(2026-01-01T00:00:00Z)}}"));

        // When
        List<ObjectNode> sent = faults.values().stream()
                .map(fault -> {
                    ObjectNode faulty = TeamsCard.of(card).json();
                    fault.accept(faulty);
                    return faulty;
                })
                .toList();
        List<SeenCard> seen;
        try (OfficialRenderer official = OfficialRenderer.start()) {
            seen = official.see(sent);
        }

        // Then
        List<String> names = List.copyOf(faults.keySet());
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i).faults(card, sent.get(i))).asString().contains(names.get(i));
        }
    }

    /** One request on both channels, to look at: the pictures are in {@code notifier/target/cards}. */
    @Test
    void shouldPaintTheSameRequestForBothChats() throws Exception {
        // Given
        Map<String, Card> cards = new LinkedHashMap<>(CardMoments.all());
        Files.createDirectories(PICTURES);

        // When
        try (OfficialRenderer official = OfficialRenderer.start()) {
            for (String moment : List.of("pending", "allowed")) {
                Card card = cards.get(moment);
                official.paint(TeamsCard.of(card).json(), PICTURES.resolve("teams-" + moment + ".png"));
                Files.writeString(PICTURES.resolve("slack-" + moment + ".json"), SlackBlocks.of(card));
            }
        }

        // Then
        for (String moment : List.of("pending", "allowed")) {
            assertThat(PICTURES.resolve("teams-" + moment + ".png")).isNotEmptyFile();
        }
    }

    private static ObjectNode at(JsonNode card, String pointer) {
        return (ObjectNode) card.at(pointer);
    }
}
