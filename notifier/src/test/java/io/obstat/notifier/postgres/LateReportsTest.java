package io.obstat.notifier.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Samples;
import io.obstat.notifier.postgres.PostgresDeliveries.Claim;
import io.obstat.notifier.postgres.PostgresDeliveries.Report;
import io.obstat.notifier.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is reported of a delivery that is late, beside the tries that go on. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LateReportsTest extends DeliveriesTest {

    @Test
    void shouldReportWhatIsNotToldByHalfOfTheTimeAndTryOn() throws SQLException {
        // Given people who have half an hour from when they are to be told, and who are not
        Instant due = DUE.plus(Duration.ofDays(5));
        DeliveryId id = begin(opened("late", due.plus(Duration.ofMinutes(30))), "late", "a", due);
        Instant half = due.plus(Duration.ofMinutes(15));
        // When
        List<Report> early = reports(id, half.minusMillis(1));
        List<Report> late = reports(id, half);
        deliveries.published(id, true).await().atMost(PATIENCE);
        List<Report> again = reports(id, half.plus(Duration.ofHours(1)));
        // Then
        assertThat(early).isEmpty();
        assertThat(late).singleElement().satisfies(report -> {
            assertThat(report.late()).isTrue();
            assertThat(report.event().data()).isInstanceOfSatisfying(NotificationFailed.class, failed -> {
                assertThat(failed.kind()).isEqualTo("approval.opened");
                assertThat(failed.asks()).isTrue();
                assertThat(failed.problem()).startsWith("Half of the time has gone by, and it is still tried");
                assertThat(failed.failedAt()).isEqualTo(half);
            });
        });
        assertThat(again).isEmpty();
        // And however it ends is another event
        assertThat(claim(16, 4, half)).extracting(Claim::id).contains(id);
        deliveries
                .record(id, open -> new Delivery.Delivered(2, half.plusSeconds(1)))
                .await()
                .atMost(PATIENCE);
        await().untilAsserted(() -> assertThat(published(id)).isTrue());
    }

    @Test
    void shouldNotReportAsLateWhatHasEnded() throws SQLException {
        // Given
        Instant due = DUE.plus(Duration.ofDays(6));
        DeliveryId id = begin(opened("in time", due.plus(Duration.ofMinutes(30))), "in time", "a", due);
        // When
        deliveries
                .record(id, open -> new Delivery.Delivered(1, due.plusSeconds(1)))
                .await()
                .atMost(PATIENCE);
        await().untilAsserted(() -> assertThat(published(id)).isTrue());
        // Then
        assertThat(reports(id, due.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void shouldReportTheSameAgainWhateverBecameOfItMeanwhile() throws SQLException {
        // Given a report that was not noted as published
        Instant due = DUE.plus(Duration.ofDays(7));
        DeliveryId id = begin(opened("the same", due.plus(Duration.ofMinutes(30))), "the same", "a", due);
        Instant half = due.plus(Duration.ofMinutes(15));
        Report first = reports(id, half).getFirst();
        // When it is tried, and reported again
        fail(id, half.plusSeconds(1), "Answered 500");
        Report second = reports(id, half.plusSeconds(2)).getFirst();
        fail(id, half.plusSeconds(3), "Answered 502");
        Report third = reports(id, half.plusSeconds(4)).getFirst();
        // Then the ledger has nothing to wonder about
        assertThat(Json.write(second.event())).isEqualTo(Json.write(first.event()));
        assertThat(Json.write(third.event())).isEqualTo(Json.write(first.event()));
    }

    @Test
    void shouldTryWhatIsBeingReportedAsLateAndNothingTwice() throws SQLException {
        // Given
        Instant due = DUE.plus(Duration.ofDays(8));
        DeliveryId id = begin(opened("tried", due.plus(Duration.ofMinutes(30))), "tried", "a", due);
        Instant half = due.plus(Duration.ofMinutes(15));
        assertThat(taken(id, half)).hasSize(1);
        // When it is tried, and then noted that the report is published
        List<Claim> beside = claim(1_000, 1_000, half.plusSeconds(1));
        deliveries.published(id, true).await().atMost(PATIENCE);
        List<Claim> meanwhile = claim(1_000, 1_000, half.plusSeconds(2));
        // Then
        assertThat(beside).extracting(Claim::id).contains(id);
        assertThat(meanwhile).extracting(Claim::id).doesNotContain(id);
    }

    @Test
    void shouldNotTryTwiceWhatIsReportedAsLateAllTooSlowly() throws SQLException {
        // Given a report that takes longer than its lease, and a try that began then
        Instant due = DUE.plus(Duration.ofDays(9));
        DeliveryId id = begin(opened("slow", due.plus(Duration.ofMinutes(30))), "slow", "a", due);
        Instant half = due.plus(Duration.ofMinutes(15));
        assertThat(taken(id, half)).hasSize(1);
        assertThat(claim(1_000, 1_000, half.plus(LEASE))).extracting(Claim::id).contains(id);
        // When
        deliveries.published(id, true).await().atMost(PATIENCE);
        // Then
        assertThat(claim(1_000, 1_000, half.plus(LEASE).plusSeconds(1)))
                .extracting(Claim::id)
                .doesNotContain(id);
    }

    @Test
    void shouldNotTakeBackAnEndThatCameWhileItWasReportedAsLate() throws Exception {
        // Given
        Instant due = DUE.plus(Duration.ofDays(10));
        DeliveryId id = begin(opened("ended", due.plus(Duration.ofMinutes(30))), "ended", "a", due);
        assertThat(taken(id, due.plus(Duration.ofMinutes(15)))).hasSize(1);
        // When
        atOnce(
                "UPDATE notifier.delivery SET state = 'delivered', due_at = NULL, ended_at = now(), late_at = NULL WHERE id = '%s'"
                        .formatted(id),
                deliveries.published(id, true));
        // Then
        assertThat(deliveries.of(Samples.action("ended")).await().atMost(PATIENCE))
                .singleElement()
                .extracting(PostgresDeliveries.Line::delivery)
                .isInstanceOf(Delivery.Delivered.class);
    }

    @Test
    void shouldNotReportAsLateAgainWhatWasTriedMeanwhile() throws Exception {
        // Given
        Instant due = DUE.plus(Duration.ofDays(11));
        DeliveryId id = begin(opened("noted", due.plus(Duration.ofMinutes(30))), "noted", "a", due);
        // When a try is recorded while the report is noted as published
        atOnce(
                "UPDATE notifier.delivery SET late_at = NULL WHERE id = '%s'".formatted(id),
                deliveries.record(
                        id, open -> new Delivery.Retrying(open.createdAt(), due.plusSeconds(9), 1, "Answered 500")));
        // Then
        assertThat(reports(id, due.plus(Duration.ofMinutes(20)))).isEmpty();
    }

    /** Carries the change out, lets the other begin, and commits when that waits for the row. */
    private void atOnce(String change, Uni<Void> other) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(change);
            CompletableFuture<Void> done = other.subscribeAsCompletionStage();
            await().until(() -> waits(connection));
            connection.commit();
            done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Whether another waits for this one. */
    private static boolean waits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    private void fail(DeliveryId id, Instant now, String problem) {
        deliveries
                .record(id, open -> new Delivery.Retrying(open.createdAt(), now, open.attempts() + 1, problem))
                .await()
                .atMost(PATIENCE);
    }

    private static Notice opened(String key, Instant expiresAt) {
        return Notices.of(Samples.approvalOpened(key), Samples.INBOX)
                .map(Notice.Opened.class::cast)
                .map(opened -> new Notice.Opened(opened.subject(), opened.digest(), opened.requirement(), expiresAt))
                .orElseThrow();
    }

    /** Of this delivery; the others are left to the worker. */
}
