package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import io.obstat.systemtests.CloudTrail.Recorded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Real privileged calls, each through both doors: every one is decided or waits for people, alike whichever door it came through and as the
 * starter policy says, and lies in the ledger.
 */
@ExtendWith(RoadExtension.class)
@Order(4)
class CloudTrailIT {

    private static final String AGENT = "etl-agent";
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** What the starter policy denies, see {@code aws-audit-stays-on} in {@code deploy/local/config/policy.yaml}. */
    private static final Set<String> AUDIT_STAYS_ON = Set.of(
            "aws.cloudtrail.DeleteTrail",
            "aws.cloudtrail.StopLogging",
            "aws.cloudtrail.PutEventSelectors",
            "aws.ec2.DeleteFlowLogs",
            "aws.route53resolver.DeleteResolverQueryLogConfig");

    /** What only reads IAM; everything else there changes who can do what, and is never allowed without people. */
    private static final String IAM_READS = "aws\\.iam\\.(Get|List|Generate|Simulate).*";

    @Test
    void shouldBringEveryRecordToADecisionOrToPeopleAndIntoTheLedger(Road road) {
        // Given
        Optional<Path> vectors = Repository.vectors("cloudtrail");
        if (vectors.isEmpty()) {
            System.out.println("CloudTrail: SKIPPED, no records beside the repository; set OBSTAT_VECTORS");
        }
        assumeTrue(vectors.isPresent(), "no CloudTrail records beside the repository; set OBSTAT_VECTORS");
        List<Recorded> records = CloudTrail.read(vectors.orElseThrow());
        assertThat(records).hasSizeGreaterThan(100);
        String run = UUID.randomUUID().toString();
        // When
        Map<String, Recorded> http = new LinkedHashMap<>();
        Map<String, Recorded> kafka = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            Recorded recorded = records.get(i);
            byHttp(road, run + "-http-" + i, recorded, http, refused);
            byKafka(road, run + "-kafka-" + i, recorded, kafka);
        }
        Map<String, Recorded> asked = new LinkedHashMap<>(http);
        asked.putAll(kafka);
        // Then
        assertThat(refused).as("refused at the HTTP door").isEmpty();
        assertThat(asked).as("asked through both doors").hasSize(2 * records.size());
        Map<String, String> outcomes = outcomes(road, asked);
        assertThat(byAction(kafka, outcomes)).as("outcomes at the Kafka door").isEqualTo(byAction(http, outcomes));
        asPolicySays(asked, outcomes);
        inLedger(road, asked);
        report(records, outcomes);
    }

    private static void byHttp(
            Road road, String key, Recorded recorded, Map<String, Recorded> asked, Map<String, String> refused) {
        Answer answer = new Actions(road).askUntilAnswered(AGENT, key, recorded.action());
        if (answer.status() == 202) {
            asked.put(answer.text("/id"), recorded);
        } else {
            refused.put(recorded.name(), answer.status() + " " + answer.body());
        }
    }

    private static void byKafka(Road road, String key, Recorded recorded, Map<String, Recorded> asked) {
        road.send(
                Topics.INTENTS,
                key,
                Intents.headers(key),
                Json.write(road.intents(Road.PIPELINE).signed(key, null, recorded.action())));
        asked.put(ActionId.derive(new AgentId(Road.PIPELINE), key).value(), recorded);
    }

    /** How each action stands: the outcome of its decision, or that it waits. */
    private static Map<String, String> outcomes(Road road, Map<String, Recorded> asked) {
        Map<String, String> outcomes = new TreeMap<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> nowhere = new ArrayList<>();
            asked.forEach((id, recorded) -> {
                List<TopicLog.Entry> decisions = road.topics().events(Topics.DECISIONS, id);
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

    /**
     * How the records of each action stand. Some records are the same to the byte; when people would be asked, one of them waits and the others
     * are superseded by it. Which one that is, nobody promises.
     */
    private static Map<String, List<String>> byAction(Map<String, Recorded> asked, Map<String, String> outcomes) {
        return asked.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> CanonicalJson.sha256(entry.getValue().action()),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(entry -> outcomes.get(entry.getKey()), Collectors.toList()),
                                all -> all.stream().sorted().toList())));
    }

    private static void asPolicySays(Map<String, Recorded> asked, Map<String, String> outcomes) {
        Map<String, Set<String>> byType = asked.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().action().path("type").asText(),
                        TreeMap::new,
                        Collectors.mapping(
                                entry -> String.valueOf(outcomes.get(entry.getKey())),
                                Collectors.toCollection(TreeSet::new))));
        byType.values().forEach(all -> all.remove("superseded"));
        assertThat(byType).containsKey("aws.cloudtrail.DeleteTrail");
        assertThat(byType.keySet()).anyMatch(CloudTrailIT::changesIdentities);
        byType.forEach((type, all) -> {
            if (AUDIT_STAYS_ON.contains(type)) {
                assertThat(all).as(type).containsExactly("denied");
            }
            if (changesIdentities(type)) {
                assertThat(all).as(type).containsExactly("pending");
            }
        });
    }

    private static boolean changesIdentities(String type) {
        return type.startsWith("aws.iam.") && !type.matches(IAM_READS);
    }

    private static void inLedger(Road road, Map<String, Recorded> asked) {
        Map<String, List<String>> whole = new HashMap<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<String> incomplete = asked.entrySet().stream()
                    .filter(entry -> !isWhole(road, entry.getKey(), whole))
                    .map(entry -> entry.getValue().name() + " " + entry.getKey())
                    .toList();
            assertThat(incomplete).as("not whole in the ledger").isEmpty();
        });
    }

    /** @param whole the events with which each was whole: the ledger forgets none, so it is asked again only when there are others */
    private static boolean isWhole(Road road, String id, Map<String, List<String>> whole) {
        List<String> events = eventsOf(road, id);
        if (events.equals(whole.get(id))) {
            return true;
        }
        boolean complete = road.timeline(id).containsAll(events);
        if (complete) {
            whole.put(id, events);
        }
        return complete;
    }

    private static List<String> eventsOf(Road road, String id) {
        return Topics.eventTopics().stream()
                .filter(topic -> topic != Topics.INTENTS)
                .flatMap(topic -> road.topics().of(topic, id).stream())
                .map(TopicLog.Entry::type)
                .toList();
    }

    private static void report(List<Recorded> records, Map<String, String> outcomes) {
        Map<String, Long> counts = outcomes.values().stream()
                .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
        System.out.printf(
                "CloudTrail: %d records of %d techniques through both doors: %s%n",
                records.size(),
                records.stream().map(Recorded::technique).distinct().count(),
                counts);
    }
}
