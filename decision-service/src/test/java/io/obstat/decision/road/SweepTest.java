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
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More than a page of rows that are always due, on which a tick changes nothing, and one behind them on which it does. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class SweepTest {

    private static final int STUCK = 250;
    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @Inject
    Road road;

    private ActionId stuck = Asked.request().actionId();

    @BeforeEach
    void stick() throws SQLException {
        stuck = Asked.pending(road, GOVERNANCE).actionId();
        Many.copies(stuck, STUCK);
    }

    @AfterEach
    void remove() throws SQLException {
        Many.remove(stuck);
    }

    @Test
    void shouldComeByWhatIsBehindRowsThatCannotBeRead() throws SQLException {
        // Given
        Database.execute(
                "update decision.approvals set document = '{}', due_at = 'epoch' where " + Many.copiesOf(stuck));

        // When
        ActionRequested live = Asked.request();
        road.verdict(Examples.required(live, Duration.ofSeconds(1), GOVERNANCE)).join();

        // Then
        awaitExpired(live);
    }

    @Test
    void shouldComeByWhatIsBehindRowsWhoseTimeWasMovedAndBeDoneWithThem() throws SQLException {
        // Given what was due by the settings of before, and by those of now is not yet
        Database.execute("update decision.approvals set due_at = 'epoch' where " + Many.copiesOf(stuck));

        // When
        ActionRequested live = Asked.request();
        road.verdict(Examples.required(live, Duration.ofSeconds(1), GOVERNANCE)).join();

        // Then
        awaitExpired(live);
        await().untilAsserted(() -> assertThat(Database.rows(Many.copiesOf(stuck) + " and due_at <= now()"))
                .isZero());
        assertThat(Database.rows(Many.copiesOf(stuck) + " and due_at > now()")).isEqualTo(STUCK);
    }

    private void awaitExpired(ActionRequested request) {
        await().untilAsserted(() -> assertThat(road.facts(request.actionId(), Decision.class))
                .extracting(Decision::outcome)
                .containsExactly(Outcome.EXPIRED));
    }
}
