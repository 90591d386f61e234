package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.Topics;
import io.obstat.local.chat.Persona;
import io.obstat.systemtests.Actions.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests come in a burst while everything that can go wrong between the notifier and the chats does. {@code -Dobstat.chaos=long} has more of them. */
@ExtendWith(RoadExtension.class)
@Order(7)
class ChatOutageIT {

    private static final boolean LONG = "long".equals(System.getProperty("obstat.chaos"));
    private static final int BURST = LONG ? 500 : 30;

    /** Between the two, a card is there, and nobody but the chat knows it. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    @Test
    void shouldShowEachRequestOnOneCardWhateverDiesMeanwhile(Road road) {
        // Given requests that came while Slack had too much to do
        Chats chats = road.chats();
        int third = BURST / 3;
        chats.slack().refuseNext(3, 429, Duration.ofSeconds(1));
        List<Asked> before = burst(road, third);
        patiently().untilAsserted(() -> assertThat(told(road, before)).isEqualTo(2 * third));

        // When the notifier dies while cards are on their way, and Slack is away when it is back
        chats.slack().slow(SLOW);
        chats.teams().slow(SLOW);
        List<Asked> during = burst(road, third);
        await().atMost(Actions.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        during.stream().anyMatch(asked -> !chats.inSlack(asked).isEmpty())
                                && during.stream()
                                        .anyMatch(asked -> !chats.inTeams(asked).isEmpty()));
        road.kill("notifier");
        chats.slack().slow(Duration.ZERO);
        chats.teams().slow(Duration.ZERO);
        chats.slack().outage(true);
        List<Asked> after = burst(road, BURST - 2 * third);
        road.restart("notifier");
        patiently()
                .until(() ->
                        after.stream().noneMatch(asked -> chats.inTeams(asked).isEmpty()));
        assertThat(after).allMatch(asked -> chats.inSlack(asked).isEmpty());
        chats.slack().outage(false);

        // Then everybody is told everything
        List<Asked> all = Stream.of(before, during, after).flatMap(List::stream).toList();
        patiently().untilAsserted(() -> assertThat(told(road, all)).isEqualTo(2 * BURST));
        assertThat(all)
                .as("cards in Slack")
                .allMatch(asked -> chats.inSlack(asked).size() == 1);

        // And the cards that Teams has twice, as it cannot be asked, are one once somebody has looked
        List<Asked> twice =
                all.stream().filter(asked -> chats.inTeams(asked).size() > 1).toList();
        System.out.printf("Chats: %d cards; Teams had %d of them twice for a while%n", BURST, twice.size());
        assertThat(during).as("cards that Teams has twice").containsAll(twice);
        assertThat(twice).isNotEmpty();
        twice.forEach(asked -> chats.refreshInTeams(Persona.REVIEWER, asked));
        patiently()
                .untilAsserted(() ->
                        assertThat(all).allMatch(asked -> chats.inTeams(asked).size() == 1));

        // And all can be decided
        shouldRewrite(road, all);
    }

    /** Also the cards that were posted before the notifier died. */
    private static void shouldRewrite(Road road, List<Asked> all) {
        Chats chats = road.chats();
        all.forEach(asked -> assertThat(
                        chats.clickInSlack(Persona.REVIEWER, asked, "approve").shown())
                .isEmpty());
        patiently().untilAsserted(() -> {
            assertThat(all)
                    .filteredOn(asked -> !chats.cardInSlack(asked).contains("Allowed"))
                    .isEmpty();
            assertThat(all)
                    .filteredOn(asked -> !chats.cardInTeams(asked).contains("Allowed"))
                    .isEmpty();
            assertThat(all).allMatch(asked -> chats.threadInSlack(asked).size() == 1);
            assertThat(all).allMatch(asked -> chats.threadInTeams(asked).size() == 1);
        });
    }

    private static List<Asked> burst(Road road, int size) {
        Actions actions = new Actions(road);
        return IntStream.range(0, size)
                .mapToObj(i -> actions.tryToAsk("etl-agent", "burst-" + UUID.randomUUID(), Actions.export())
                        .require(202))
                .map(answer -> new Asked(answer.text("/id"), answer.text("/digest")))
                .toList();
    }

    /** How many of these cards it is on record of that they are there, in both chats together. */
    private static int told(Road road, List<Asked> all) {
        Set<String> ids = all.stream().map(Asked::id).collect(Collectors.toSet());
        return (int) road.topics().of(Topics.NOTIFICATIONS).stream()
                .filter(entry -> entry.type().equals("io.obstat.notification.delivered.v1"))
                .filter(entry -> ids.contains(String.valueOf(entry.key())))
                .filter(entry -> entry.value().path("kind").asText().equals("approval.required"))
                .map(entry -> entry.key() + entry.value().path("channel").asText())
                .filter(delivered -> !delivered.endsWith("webhook"))
                .distinct()
                .count();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Actions.PATIENCE.multipliedBy(LONG ? 5 : 1)).pollInterval(Duration.ofMillis(200));
    }
}
