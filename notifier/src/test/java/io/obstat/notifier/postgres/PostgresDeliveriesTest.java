package io.obstat.notifier.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import io.obstat.notifier.postgres.PostgresDeliveries.Claim;
import io.obstat.notifier.postgres.PostgresDeliveries.Report;
import io.obstat.notifier.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
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

/** The delivery record by itself. Its deliveries are due so late that the worker of the running notifier leaves them alone. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PostgresDeliveriesTest {

    private static final Instant DUE = Instant.parse("2100-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    PostgresDeliveries deliveries;

    @Inject
    AgroalDataSource database;

    @Test
    void shouldKeepPlacesForOthersWhenOneRecipientHasMuchWaiting() {
        // Given twenty for one recipient, and then one for another
        Instant due = DUE;
        for (int i = 0; i < 20; i++) {
            begin("hanging-" + i, "hanging", due);
        }
        begin("prompt", "prompt", due.plusSeconds(1));
        // When
        List<Claim> first = claim(16, 4, due.plusSeconds(2));
        List<Claim> second = claim(16, 4, due.plusSeconds(3));
        List<Claim> later = claim(16, 4, due.plusSeconds(2).plus(LEASE));
        // Then the first has its share and no more until its tries have ended
        assertThat(first)
                .extracting(claim -> claim.recipient().name())
                .containsExactlyInAnyOrder("hanging", "hanging", "hanging", "hanging", "prompt");
        assertThat(second).isEmpty();
        assertThat(later).hasSize(5);
    }

    @Test
    void shouldServeWhoeverHasLeastUnderWayFirst() {
        // Given more waiting for one recipient than there are places, and then one for another
        Instant due = DUE.plus(Duration.ofDays(1));
        for (int i = 0; i < 4; i++) {
            begin("many-" + i, "many", due);
        }
        begin("few", "few", due.plusSeconds(1));
        // When
        List<Claim> claims = claim(2, 4, due.plusSeconds(2));
        // Then
        assertThat(claims).extracting(claim -> claim.recipient().name()).containsExactlyInAnyOrder("many", "few");
    }

    @Test
    void shouldPutARowThatCannotBeReadOnRecordAsFailedAndGoOn() throws SQLException {
        // Given three rows of which two are damaged
        Instant due = DUE.plus(Duration.ofDays(2));
        DeliveryId broken = begin("broken", "a", due);
        DeliveryId unknown = begin("unknown", "b", due);
        DeliveryId sound = begin("sound", "c", due);
        execute("UPDATE notifier.delivery SET notice = '{' WHERE id = '%s'".formatted(broken));
        execute("UPDATE notifier.delivery SET kind = 'no.such.kind' WHERE id = '%s'".formatted(unknown));
        // When
        List<Claim> claims = claim(16, 4, due.plusSeconds(1));
        // Then
        assertThat(claims).extracting(Claim::id).containsExactly(sound);
        for (String key : List.of("broken", "unknown")) {
            assertThat(deliveries.of(Samples.action(key)).await().atMost(PATIENCE))
                    .singleElement()
                    .extracting(PostgresDeliveries.Line::delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Failed.class,
                            failed -> assertThat(failed.problem()).startsWith("Its row cannot be read"));
        }
        await().untilAsserted(() -> assertThat(published(broken)).isTrue());
        await().untilAsserted(() -> assertThat(published(unknown)).isTrue());
    }

    @Test
    void shouldPublishTheOthersWhenTheEventOfOneCannotBeMade() throws SQLException {
        // Given a row that has ended and names no action, and one behind it
        Instant due = DUE.plus(Duration.ofDays(3));
        DeliveryId nameless = begin("nameless", "a", due);
        DeliveryId named = begin("named", "b", due);
        // When
        execute("""
                UPDATE notifier.delivery SET action_id = CASE id WHEN '%s' THEN '' ELSE action_id END,
                  state = 'failed', due_at = NULL, ended_at = now(), problem = 'a test says so' WHERE id IN ('%s', '%s')
                """.formatted(nameless, nameless, named));
        // Then
        await().untilAsserted(() -> assertThat(published(named)).isTrue());
        assertThat(published(nameless)).isFalse();
        execute("DELETE FROM notifier.delivery WHERE id = '%s'".formatted(nameless));
    }

    @Test
    void shouldGiveUpOnARowThatSomeoneElseKeepsLocked() throws SQLException {
        // Given
        DeliveryId id = begin("locked", "a", DUE.plus(Duration.ofDays(4)));
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM notifier.delivery WHERE id = '%s' FOR UPDATE".formatted(id));
            // When, Then the database ends it, long before the test would
            assertThatThrownBy(() -> deliveries.published(id, false).await().atMost(PATIENCE))
                    .isNotInstanceOf(TimeoutException.class)
                    .hasStackTraceContaining("lock timeout");
            other.rollback();
        }
        deliveries.published(id, false).await().atMost(PATIENCE);
    }

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
    private List<Report> reports(DeliveryId id, Instant now) throws SQLException {
        List<Report> reports = taken(id, now);
        execute("UPDATE notifier.delivery SET reporting_until = NULL WHERE id = '%s'".formatted(id));
        return reports;
    }

    /** The same, and its lease runs on. */
    private List<Report> taken(DeliveryId id, Instant now) throws SQLException {
        List<Report> reports = deliveries.unpublished(1_000, now, LEASE).await().atMost(PATIENCE);
        execute(
                "UPDATE notifier.delivery SET reporting_until = NULL WHERE reporting_until > '2100-01-01' AND id <> '%s'"
                        .formatted(id));
        return reports.stream().filter(report -> report.id().equals(id)).toList();
    }

    private DeliveryId begin(String key, String name, Instant due) {
        Envelope<ActionEvent> event = Samples.approvalRequired(key);
        return begin(Notices.of(event, Samples.INBOX).orElseThrow(), key, name, due);
    }

    private DeliveryId begin(Notice notice, String key, String name, Instant due) {
        Envelope<ActionEvent> event = Samples.approvalRequired(key);
        var recipient = new Recipient("test", name);
        deliveries
                .begin(Topics.VERDICTS, event, notice, List.of(recipient), due)
                .await()
                .atMost(PATIENCE);
        return DeliveryId.of(notice, recipient);
    }

    private List<Claim> claim(int most, int mostEach, Instant now) {
        return deliveries.claim(most, mostEach, now, LEASE).await().atMost(PATIENCE);
    }

    private boolean published(DeliveryId id) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT event_published FROM notifier.delivery WHERE id = '%s'".formatted(id))) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
