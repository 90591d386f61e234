package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.obstat.decision.reactive.ApprovalFeed;
import io.obstat.decision.reactive.News;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is wrong with one row is that row's trouble alone. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class TroubleTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Inject
    ApprovalFeed feed;

    @Test
    void shouldExpireAndShowTheRestWhenARowCannotBeRead() throws SQLException {
        // Given the next to expire is a row that holds no state
        ActionRequested broken = Asked.pending(road, GOVERNANCE);
        Database.execute("update decision.approvals set document = '{}', expires_at = 'epoch' where action_id = '%s'"
                .formatted(broken.actionId()));
        try {
            // When
            ActionRequested brief = request();
            road.verdict(Examples.required(brief, Duration.ofSeconds(1), GOVERNANCE))
                    .join();
            ActionRequested open = Asked.pending(road, GOVERNANCE);

            // Then
            await().untilAsserted(() -> assertThat(road.facts(brief.actionId(), Decision.class))
                    .extracting(Decision::outcome)
                    .containsExactly(Outcome.EXPIRED));
            assertThat(pendingIds())
                    .contains(open.actionId().value())
                    .doesNotContain(broken.actionId().value());
            assertThat(Door.approval(tokens.person("ann"), broken.actionId()).statusCode())
                    .isEqualTo(500);
            assertThat(road.verdict(Examples.required(broken, Duration.ofMinutes(1), GOVERNANCE))
                            .join())
                    .as("a record that can never be applied goes to the dead letters")
                    .isPresent();
        } finally {
            Database.execute("delete from decision.approvals where action_id = '%s'".formatted(broken.actionId()));
        }
    }

    @Test
    void shouldLeaveNothingWaitingInTheDatabaseForARowThatSomebodyHolds() throws SQLException {
        // Given a row that another client of the database has locked
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "select 1 from decision.approvals where action_id = '%s' for update".formatted(request.actionId()));

            // When
            Response review =
                    Door.approve(tokens.person("ann", "data-governance"), request.actionId(), request.digest());

            // Then
            assertThat(review.statusCode()).isEqualTo(503);
            assertThat(Database.waitingForLocks()).isZero();
        }
        assertThat(Door.approve(tokens.person("ann", "data-governance"), request.actionId(), request.digest())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void shouldTellPagesOfWhatPeopleAreAskedAndOfNothingElse() {
        // Given
        List<ActionId> told = new CopyOnWriteArrayList<>();
        var listening = feed.news(null)
                .filter(News.Changed.class::isInstance)
                .map(News.Changed.class::cast)
                .subscribe()
                .with(changed -> told.add(changed.actionId()));
        ActionRequested allowed = request();

        // When
        road.verdict(Examples.allowed(allowed)).join();
        ActionRequested asked = Asked.pending(road, GOVERNANCE);

        // Then
        await().until(() -> told.contains(asked.actionId()));
        assertThat(told).doesNotContain(allowed.actionId());
        listening.cancel();
    }

    @Test
    void shouldPutAsideAReviewThatCannotBeKept() {
        // Given as many reviews as are kept before their verdict
        ActionRequested request = request();
        for (int i = 0; i < 50; i++) {
            assertThat(road.review(request, "click " + i, "ann").join()).isEmpty();
        }

        // When
        Optional<String> repeated = road.review(request, "click 7", "ann").join();
        Optional<String> oneMore = road.review(request, "click 50", "ann").join();

        // Then
        assertThat(repeated).isEmpty();
        assertThat(oneMore).hasValueSatisfying(reason -> assertThat(reason).contains("50 reviews"));
    }

    private List<String> pendingIds() {
        return Door.approvals(tokens.person("ann"), Map.of("limit", 100)).path("approvals.actionId");
    }

    private static ActionRequested request() {
        return Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
    }
}
