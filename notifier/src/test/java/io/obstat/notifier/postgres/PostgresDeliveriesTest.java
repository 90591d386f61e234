package io.obstat.notifier.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.NotificationFailed;
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
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private static Notice opened(String key, Instant expiresAt) {
        return Notices.of(Samples.approvalOpened(key), Samples.INBOX)
                .map(Notice.Opened.class::cast)
                .map(opened -> new Notice.Opened(opened.subject(), opened.digest(), opened.requirement(), expiresAt))
                .orElseThrow();
    }

    /** Of this delivery; the others are left to the worker. */
    private List<Report> reports(DeliveryId id, Instant now) throws SQLException {
        List<Report> reports = deliveries.unpublished(1_000, now, LEASE).await().atMost(PATIENCE);
        execute("UPDATE notifier.delivery SET claimed_until = NULL WHERE claimed_until > '2100-01-01'");
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
