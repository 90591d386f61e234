package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that nobody can read stops nobody: every reader puts it among the dead letters with its reason, and goes on. */
@ExtendWith(RoadExtension.class)
@Order(6)
class PoisonIT {

    private static final String REASON = "dead-letter-reason";

    @TestFactory
    Stream<DynamicTest> shouldDeadLetterPoisonOnEveryTopicAndGoOn(Road road) {
        return Topics.eventTopics().stream()
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> poison(road, topic)));
    }

    /** Compressed it is a small record for the broker, and decompressed larger than a record may be. */
    @TestFactory
    Stream<DynamicTest> shouldDeadLetterPoisonThatIsLargerThanARecordAndGoOn(Road road) {
        return Topics.eventTopics().stream()
                // What policy-engine buries of such a record has lost its key, by which this test would find it.
                .filter(topic -> !topic.readers().contains(ServiceName.POLICY_ENGINE))
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> {
                    // Given
                    String key = "large-poison-" + UUID.randomUUID();
                    // When
                    road.send(topic, key, Map.of(), "no event ".repeat(500_000).getBytes(StandardCharsets.UTF_8));
                    // Then
                    buried(road, topic, key);
                    wholeRoad(road);
                }));
    }

    private static void poison(Road road, Topic topic) {
        // Given two kinds of poison: no event at all, and an event of a type that does not belong here
        String key = "poison-" + UUID.randomUUID();
        // When
        for (int partition = 0; partition < topic.partitions(); partition++) {
            road.send(topic, partition, key + "-" + partition, Map.of(), "{\"no\":".getBytes(StandardCharsets.UTF_8));
        }
        road.send(
                topic,
                key + "-foreign",
                CloudEvent.headers("io.obstat.unknown.v9", topic.writer().urn(), key),
                "{}".getBytes(StandardCharsets.UTF_8));
        // Then
        for (int partition = 0; partition < topic.partitions(); partition++) {
            buried(road, topic, key + "-" + partition);
        }
        buried(road, topic, key + "-foreign");
        wholeRoad(road);
        if (topic.equals(Topics.INTENTS)) {
            goodIntents(road);
        }
        if (topic.equals(Topics.REVIEWS)) {
            goodClick(road);
        }
    }

    /** Every service that reads the topic buries the record, and not the ledger alone, which does so beside the service whose work it is. */
    private static void buried(Road road, Topic topic, String key) {
        Topic dead = topic.deadLetters().orElseThrow();
        // Agents have no dead letters.
        long readers = topic.readers().stream()
                .filter(reader -> reader != ServiceName.AGENT)
                .count();
        boolean others = topic.readers().stream()
                .anyMatch(reader -> reader != ServiceName.AGENT && reader != ServiceName.AUDIT_LEDGER);
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            List<TopicLog.Entry> letters = road.topics().of(dead, key);
            assertThat(letters)
                    .as("%s of %s, which %s read", dead.name(), key, topic.readers())
                    .hasSizeGreaterThanOrEqualTo((int) readers)
                    .allSatisfy(entry ->
                            assertThat(entry.headers().getOrDefault(REASON, "")).isNotBlank());
            assertThat(!others || letters.stream().anyMatch(entry -> !entry.buriedByLedger()))
                    .as("%s of %s by another than the ledger", dead.name(), key)
                    .isTrue();
        });
    }

    /** One behind the poison of each partition. */
    private static void goodIntents(Road road) {
        for (int partition = 0; partition < Topics.INTENTS.partitions(); partition++) {
            String key = "behind-poison-" + UUID.randomUUID();
            road.send(
                    Topics.INTENTS,
                    partition,
                    key,
                    CloudEvent.headers(EventType.ACTION_INTENT.wireName(), "urn:pipeline:" + Road.PIPELINE, key),
                    Json.write(road.intents(Road.PIPELINE).signed(key, null, Actions.query())));
            String action = ActionId.derive(new AgentId(Road.PIPELINE), key).value();
            allowed(road, action);
        }
    }

    private static void goodClick(Road road) {
        Actions.Asked asked =
                new Actions(road).ask("etl-agent", UUID.randomUUID().toString(), Actions.export());
        String click = UUID.randomUUID().toString();
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("actionId", asked.id());
        ObjectNode review = event.putObject("review");
        review.put("id", ReviewId.derive("poison", click).value()).put("digest", asked.digest());
        ObjectNode reviewer = review.putObject("reviewer");
        reviewer.putObject("person").put("subject", "U024BE7LH");
        reviewer.putArray("groups").add("data-governance");
        reviewer.put("identifiedBy", "chat").put("authority", "slack:T024BE7LD");
        review.put("verb", "approve").put("submittedAt", Instant.now().toString());
        road.send(
                Topics.REVIEWS,
                asked.id(),
                CloudEvent.headers(
                        EventType.REVIEW_SUBMITTED.wireName(),
                        Topics.REVIEWS.writer().urn(),
                        click),
                Json.write(event));
        JsonNode decision = allowed(road, asked.id());
        assertThat(decision.at("/reviews/0/reviewer/identifiedBy").asText()).isEqualTo("chat");
    }

    private static JsonNode allowed(Road road, String action) {
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(road.topics().events(Topics.DECISIONS, action))
                        .as("decisions of %s", action)
                        .hasSize(1));
        JsonNode decision =
                road.topics().of(Topics.DECISIONS, action).getFirst().value();
        assertThat(decision.path("outcome").asText()).as(action).isEqualTo("allowed");
        return decision;
    }

    /** One action with a review, from request to execution, so that a record passes on every topic. */
    private static void wholeRoad(Road road) {
        Actions actions = new Actions(road);
        Actions.Asked asked = actions.ask("etl-agent", UUID.randomUUID().toString(), Actions.export());
        actions.approve("reviewer", asked);
        String grant = actions.decision("etl-agent", asked).require(200).text("/grant/token");
        Answer redeemed = actions.redeem("etl-agent", grant, asked.digest()).require(200);
        actions.report("etl-agent", redeemed.text("/grantId")).require(201);
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(road.timeline(asked.id()))
                        .contains(
                                "io.obstat.action.requested.v1",
                                "io.obstat.verdict.approval-required.v1",
                                "io.obstat.approval.opened.v1",
                                "io.obstat.approval.review-recorded.v1",
                                "io.obstat.decision.v1",
                                "io.obstat.grant.redeemed.v1",
                                "io.obstat.action.executed.v1"));
    }
}
