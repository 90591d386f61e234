package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that nobody can read stops nobody: it goes to the dead letters with its reason, and the one behind it goes on. */
@ExtendWith(RoadExtension.class)
@Order(5)
class PoisonIT {

    private static final String REASON = "dead-letter-reason";

    @TestFactory
    Stream<DynamicTest> shouldDeadLetterPoisonOnEveryTopicAndGoOn(Road road) {
        return Topics.eventTopics().stream()
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> poison(road, topic)));
    }

    private static void poison(Road road, Topic topic) {
        // Given two kinds of poison: no event at all, and an event of a type that does not belong here
        String key = "poison-" + UUID.randomUUID();
        Topic dead = topic.deadLetters().orElseThrow();
        // When
        for (int partition = 0; partition < topic.partitions(); partition++) {
            road.send(topic, partition, key + "-" + partition, Map.of(), "{\"no\":".getBytes(StandardCharsets.UTF_8));
        }
        road.send(
                topic,
                key + "-foreign",
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        key,
                        "ce_source",
                        topic.writer().urn(),
                        "ce_type",
                        "io.obstat.unknown.v9",
                        "ce_time",
                        Instant.now().toString(),
                        "content-type",
                        "application/json"),
                "{}".getBytes(StandardCharsets.UTF_8));
        // Then
        for (int partition = 0; partition < topic.partitions(); partition++) {
            buried(road, dead, key + "-" + partition);
        }
        buried(road, dead, key + "-foreign");
        wholeRoad(road);
    }

    private static void buried(Road road, Topic dead, String key) {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(road.topics().of(dead, key))
                        .as("%s of %s", dead.name(), key)
                        .isNotEmpty()
                        .allSatisfy(entry -> assertThat(entry.headers().getOrDefault(REASON, ""))
                                .isNotBlank()));
    }

    /** One action with a review, from request to execution, so that a record passes on every topic. */
    private static void wholeRoad(Road road) {
        Actions actions = new Actions(road);
        Actions.Asked asked = actions.ask("etl-agent", UUID.randomUUID().toString(), Actions.export());
        actions.approve("reviewer", asked);
        String grant = actions.decision("etl-agent", asked).require(200).text("/grant/token");
        Answer redeemed = actions.redeem("etl-agent", grant, asked.digest()).require(200);
        actions.report("etl-agent", redeemed.text("/grantId")).require(201);
        await().atMost(Duration.ofSeconds(40))
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
