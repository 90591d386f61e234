package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import io.obstat.systemtests.CloudTrail.Recorded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real privileged calls, each through both doors: every one is decided or waits for people, and lies in the ledger. */
@ExtendWith(RoadExtension.class)
@Order(3)
class CloudTrailIT {

    private static final String AGENT = "etl-agent";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void shouldBringEveryRecordToADecisionOrToPeopleAndIntoTheLedger(Road road) {
        // Given
        Optional<Path> vectors = Repository.vectors("cloudtrail");
        assumeTrue(vectors.isPresent(), "no CloudTrail records beside the repository; set OBSTAT_VECTORS");
        List<Recorded> records = CloudTrail.read(vectors.orElseThrow());
        assertThat(records).hasSizeGreaterThan(100);
        String run = UUID.randomUUID().toString();
        // When
        Map<String, Recorded> asked = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            Recorded recorded = records.get(i);
            byHttp(road, run + "-http-" + i, recorded, asked, refused);
            byKafka(road, run + "-kafka-" + i, recorded, asked);
        }
        // Then
        assertThat(refused)
                .as("refused at the HTTP door")
                .allSatisfy((name, reason) -> assertThat(reason).contains("does not survive RFC 8785"));
        refused.keySet()
                .forEach(name ->
                        asked.values().removeIf(recorded -> recorded.name().equals(name)));
        Map<String, String> outcomes = outcomes(road, asked);
        inLedger(road, asked);
        report(records, refused, outcomes);
    }

    private static void byHttp(
            Road road, String key, Recorded recorded, Map<String, Recorded> asked, Map<String, String> refused) {
        Answer answer = new Actions(road).tryToAsk(AGENT, key, recorded.action());
        if (answer.status() == 202) {
            asked.put(answer.text("/id"), recorded);
        } else {
            refused.put(recorded.name(), answer.status() + " " + answer.body());
        }
    }

    private static void byKafka(Road road, String key, Recorded recorded, Map<String, Recorded> asked) {
        Map<String, String> headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                key,
                "ce_source",
                "urn:pipeline:cloudtrail",
                "ce_type",
                EventType.ACTION_INTENT.wireName(),
                "ce_time",
                Instant.now().toString(),
                "content-type",
                "application/json");
        road.send(
                Topics.INTENTS,
                key,
                headers,
                Json.write(road.intents(Road.PIPELINE).signed(key, null, recorded.action())));
        asked.put(ActionId.derive(new AgentId(Road.PIPELINE), key).value(), recorded);
    }

    /** How each action stands: the outcome of its decision, or that it waits. */
    private static Map<String, String> outcomes(Road road, Map<String, Recorded> asked) {
        Map<String, String> outcomes = new TreeMap<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> nowhere = new ArrayList<>();
            asked.forEach((id, recorded) -> {
                List<TopicLog.Entry> decisions = road.topics().of(Topics.DECISIONS, id);
                boolean waits = !road.topics().of(Topics.APPROVALS, id).isEmpty();
                assertThat(decisions).as(recorded.name()).hasSizeLessThanOrEqualTo(1);
                if (decisions.isEmpty() && !waits) {
                    nowhere.add(recorded.name() + " " + id);
                } else {
                    outcomes.put(
                            id,
                            decisions.isEmpty()
                                    ? "pending"
                                    : decisions
                                            .getFirst()
                                            .value()
                                            .path("outcome")
                                            .asText());
                }
            });
            assertThat(nowhere).as("neither decided nor pending").isEmpty();
        });
        return outcomes;
    }

    private static void inLedger(Road road, Map<String, Recorded> asked) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<String> incomplete = asked.entrySet().stream()
                    .filter(entry -> !road.timeline(entry.getKey()).containsAll(eventsOf(road, entry.getKey())))
                    .map(entry -> entry.getValue().name() + " " + entry.getKey())
                    .toList();
            assertThat(incomplete).as("not whole in the ledger").isEmpty();
        });
    }

    private static List<String> eventsOf(Road road, String id) {
        return Topics.eventTopics().stream()
                .filter(topic -> topic != Topics.INTENTS)
                .flatMap(topic -> road.topics().of(topic, id).stream())
                .map(TopicLog.Entry::type)
                .toList();
    }

    private static void report(List<Recorded> records, Map<String, String> refused, Map<String, String> outcomes) {
        Map<String, Long> counts = outcomes.values().stream()
                .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
        System.out.printf(
                "CloudTrail: %d records of %d techniques through both doors: %s; refused at the door: %s%n",
                records.size(),
                records.stream().map(Recorded::technique).distinct().count(),
                counts,
                refused.isEmpty() ? "none" : refused);
    }
}
