package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.Topics;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else's system is told what waits for people and how it ended, and the ledger knows that it was. */
@ExtendWith(RoadExtension.class)
@Order(3)
class WebhookIT {

    private static final String DELIVERED = "io.obstat.notification.delivered.v1";

    @Test
    void shouldTellWhatWaitsAndHowItEndedAndPutBothOnRecord(Road road) {
        // Given a receiver that is busy at first
        Actions actions = new Actions(road);
        Receiver receiver = road.receiver();
        Actions.Asked asked = actions.ask("etl-agent", "webhook-" + UUID.randomUUID(), Actions.export());
        receiver.refuseOnce(asked.id());

        // When
        actions.approve("reviewer", asked);

        // Then
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(accepted(receiver, asked))
                        .extracting(Receiver.Try::type)
                        .containsExactlyInAnyOrder(
                                "approval.required", "approval.opened", "approval.reviewed", "action.decided"));
        assertThat(receiver.malformed())
                .as("messages that broke the specification")
                .isZero();
        assertThat(receiver.about(asked.id()))
                .extracting(Receiver.Try::body)
                .as("a webhook carries no grant")
                .noneMatch(body -> body.contains("eyJ"));
        isRepeatedUnderTheSameId(receiver, asked);
        isOnRecord(road, asked);
    }

    @Test
    void shouldTellNothingOfWhatPolicyDecidesAlone(Road road) {
        // Given
        Actions actions = new Actions(road);
        Actions.Asked allowed = actions.ask("etl-agent", "webhook-" + UUID.randomUUID(), Actions.query());
        await().atMost(Actions.PATIENCE)
                .until(() -> actions.decision("etl-agent", allowed).status() == 200);

        // When something that comes after it has been told
        Actions.Asked asked = actions.ask("etl-agent", "webhook-" + UUID.randomUUID(), Actions.export());
        await().atMost(Actions.PATIENCE)
                .until(() -> !road.receiver().about(asked.id()).isEmpty());

        // Then
        assertThat(road.receiver().about(allowed.id())).isEmpty();
    }

    /** The messages that were taken. Delivery is at least once: the same message under the same id counts once. */
    private static List<Receiver.Try> accepted(Receiver receiver, Actions.Asked asked) {
        return receiver.about(asked.id()).stream()
                .filter(one -> one.status() == 204)
                .distinct()
                .toList();
    }

    private static void isRepeatedUnderTheSameId(Receiver receiver, Actions.Asked asked) {
        List<Receiver.Try> refused = receiver.about(asked.id()).stream()
                .filter(one -> one.status() == 503)
                .toList();
        assertThat(refused).hasSize(1);
        assertThat(accepted(receiver, asked))
                .filteredOn(one -> one.id().equals(refused.getFirst().id()))
                .extracting(Receiver.Try::body)
                .containsExactly(refused.getFirst().body());
    }

    private static void isOnRecord(Road road, Actions.Asked asked) {
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(byWebhook(road, asked))
                        .extracting(TopicLog.Entry::type)
                        .hasSize(4)
                        .containsOnly(DELIVERED));
        // And in each chat a card and how it ended, which the person who waits for it is told in both as well.
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(road.timeline(asked.id()))
                        .filteredOn(DELIVERED::equals)
                        .hasSize(10));
    }

    private static List<TopicLog.Entry> byWebhook(Road road, Actions.Asked asked) {
        return road.topics().events(Topics.NOTIFICATIONS, asked.id()).stream()
                .filter(entry -> entry.value().path("channel").asText().equals("webhook"))
                .toList();
    }
}
