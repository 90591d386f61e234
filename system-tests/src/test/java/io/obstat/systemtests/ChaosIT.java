package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.systemtests.Traffic.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each part is killed and comes back while actions flow through both doors. Whatever was accepted is decided exactly once and lies whole in
 * the ledger. {@code -Dobstat.chaos=long} has longer outages and more rounds.
 */
@ExtendWith(RoadExtension.class)
@Order(8)
class ChaosIT {

    private static final boolean LONG = "long".equals(System.getProperty("obstat.chaos"));
    private static final Duration OUTAGE = Duration.ofSeconds(LONG ? 30 : 5);
    private static final Duration CALM = Duration.ofSeconds(LONG ? 10 : 2);
    private static final int ROUNDS = LONG ? 3 : 1;
    private static final Duration SETTLING = Duration.ofSeconds(LONG ? 300 : 120);

    private static final String DECISION = "io.obstat.decision.v1";

    @Test
    void shouldLoseNothingAndDecideNothingTwice(Road road) {
        // Given actions that flow
        try (Traffic traffic = Traffic.start(road)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String part : road.parts()) {
                    // When each part in turn dies and comes back
                    outage(road, part, traffic);
                }
            }
            traffic.stop();
            // Then
            Map<String, Expected> accepted = traffic.accepted();
            System.out.printf(
                    "Chaos: %d outages of %s; accepted %s%n",
                    ROUNDS * road.parts().size(),
                    OUTAGE,
                    accepted.values().stream()
                            .collect(Collectors.groupingBy(Expected::door, TreeMap::new, Collectors.counting())));
            assertThat(accepted.values())
                    .extracting(Expected::door, Expected::outcome, Expected::byPeople)
                    .contains(
                            tuple("http", "allowed", true),
                            tuple("http", "denied", false),
                            tuple("kafka", "allowed", false));
            await().atMost(SETTLING)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> decidedOnce(road, accepted));
            await().atMost(SETTLING)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> wholeInLedger(road, accepted));
            ledgerIsDense(road);
        }
    }

    private static void outage(Road road, String part, Traffic traffic) {
        Instant began = Instant.now();
        int before = traffic.accepted().size();
        road.kill(part);
        await().pollDelay(OUTAGE).atMost(OUTAGE.plusSeconds(60)).until(() -> true);
        int during = traffic.accepted().size();
        road.restart(part);
        await().pollDelay(CALM)
                .atMost(Duration.ofSeconds(60))
                .until(() -> traffic.accepted().size() > during);
        System.out.printf(
                "Chaos: %s away for %.1f s; accepted meanwhile %d, then the road went on%n",
                part, Duration.between(began, Instant.now()).toMillis() / 1000.0, during - before);
    }

    private static void decidedOnce(Road road, Map<String, Expected> accepted) {
        once(road, Topics.ACTIONS, "io.obstat.action.requested.v1", accepted.keySet());
        once(road, Topics.DECISIONS, DECISION, accepted.keySet());
        List<String> wrong = road.topics().of(Topics.DECISIONS).stream()
                .filter(entry -> entry.type().equals(DECISION) && accepted.containsKey(String.valueOf(entry.key())))
                .filter(entry -> !isExpected(entry.value(), accepted.get(entry.key())))
                .map(entry -> "%s should be %s".formatted(entry.value(), accepted.get(entry.key())))
                .toList();
        assertThat(wrong).as("decisions that are not what policy says").isEmpty();
    }

    private static boolean isExpected(JsonNode decision, Expected expected) {
        return decision.path("outcome").asText().equals(expected.outcome())
                && decision.path("decidedBy").asText().equals(expected.byPeople() ? "people" : "policy")
                && decision.path("reviews").isEmpty() != expected.byPeople();
    }

    /** One event of this type for each action; a redelivery with the same id and the same data is the same event. */
    private static void once(Road road, Topic topic, String type, Set<String> actions) {
        Map<String, Set<String>> ids = road.topics().of(topic).stream()
                .filter(entry -> entry.type().equals(type))
                .collect(Collectors.groupingBy(
                        entry -> String.valueOf(entry.key()),
                        Collectors.mapping(entry -> entry.id() + " " + entry.value(), Collectors.toSet())));
        List<String> wrong = actions.stream()
                .filter(action -> ids.getOrDefault(action, Set.of()).size() != 1)
                .map(action -> "%s has %s".formatted(action, ids.getOrDefault(action, Set.of())))
                .toList();
        assertThat(wrong)
                .as("actions without exactly one %s of %d", type, actions.size())
                .isEmpty();
    }

    private static void wholeInLedger(Road road, Map<String, Expected> accepted) {
        Map<String, Set<String>> inLedger = road.topics().of(Topics.LEDGER_ENTRIES).stream()
                .map(Ledger::leaf)
                .filter(leaf -> !leaf.eventId().isEmpty())
                .collect(Collectors.groupingBy(
                        Ledger.Leaf::topic, Collectors.mapping(Ledger.Leaf::eventId, Collectors.toSet())));
        List<String> missing = new ArrayList<>();
        for (Topic topic : Topics.eventTopics()) {
            road.topics().of(topic).stream()
                    .filter(entry -> accepted.containsKey(String.valueOf(entry.key())))
                    .filter(entry ->
                            !inLedger.getOrDefault(topic.name(), Set.of()).contains(entry.id()))
                    .forEach(entry -> missing.add(topic.name() + " " + entry.type() + " " + entry.key()));
        }
        assertThat(missing).as("not in the ledger").isEmpty();
    }

    /** Every log is dense from 0 and holds no event twice. */
    private static void ledgerIsDense(Road road) {
        List<TopicLog.Entry> entries = road.topics().of(Topics.LEDGER_ENTRIES);
        Map<String, List<Long>> sequences = entries.stream()
                .map(Ledger::leaf)
                .collect(Collectors.groupingBy(
                        Ledger.Leaf::log, Collectors.mapping(Ledger.Leaf::sequence, Collectors.toList())));
        sequences.forEach((log, inOrder) -> assertThat(inOrder)
                .as("sequences of log " + log)
                .containsExactlyElementsOf(Stream.iterate(0L, next -> next + 1)
                        .limit(inOrder.size())
                        .toList()));
        Set<String> seen = new HashSet<>();
        assertThat(entries.stream()
                        .map(Ledger::leaf)
                        .filter(leaf -> !leaf.eventId().isEmpty())
                        .filter(leaf -> !seen.add(leaf.event())))
                .as("events that are in the ledger twice")
                .isEmpty();
    }
}
