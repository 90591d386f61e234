package io.obstat.notifier.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.obstat.notifier.Channels;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import io.obstat.notifier.StubChannel;
import io.obstat.notifier.postgres.PostgresDeliveries.Claim;
import io.obstat.notifier.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and what becomes of rows that cannot be read. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PostgresDeliveriesTest extends DeliveriesTest {

    private static final int MANY = 100;

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
    void shouldRecordNothingOfADeliveryThatOthersHaveReplaced() {
        // Given
        DeliveryId gone = DeliveryId.of(
                Notices.of(Samples.approvalRequired("gone"), Samples.INBOX).orElseThrow(),
                new Recipient("test", "gone"));
        // When
        deliveries.record(gone, open -> new Delivery.Delivered(1, DUE)).await().atMost(PATIENCE);
        // Then
        assertThat(deliveries.of(Samples.action("gone")).await().atMost(PATIENCE))
                .isEmpty();
    }

    @Test
    void shouldReplaceHundredsAtOnceAndLeaveNoTransactionBehind() throws SQLException {
        // Given
        Instant due = DUE.plus(Duration.ofDays(10));
        for (int i = 0; i < MANY; i++) {
            begin("replaced-" + i, "group", due);
        }
        List<Claim> claims = claims(due, "group");
        List<Recipient> members = List.of(new Recipient("test", "ann"), new Recipient("test", "ben"));
        var channels = new Channels(List.of(new StubChannel("test", false, List.of())));
        // When
        Uni.join()
                .all(claims.stream()
                        .map(claim -> deliveries.replace(claim, members, channels, due))
                        .toList())
                .andFailFast()
                .await()
                .atMost(PATIENCE);
        // Then
        assertThat(claims).hasSize(MANY);
        assertThat(claims(due.plus(LEASE), "group")).isEmpty();
        assertThat(claims(due.plus(LEASE.multipliedBy(2)), "ann")).hasSize(MANY);
        assertThat(claims(due.plus(LEASE.multipliedBy(3)), "ben")).hasSize(MANY);
    }

    private List<Claim> claims(Instant now, String recipient) {
        return claim(1_000, 1_000, now).stream()
                .filter(claim -> claim.recipient().name().equals(recipient))
                .toList();
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
            // When, Then the database ends it, long before the test would; again, when the machine stood still
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> deliveries.published(id, false).await().atMost(PATIENCE))
                    .isNotInstanceOf(TimeoutException.class)
                    .hasStackTraceContaining("lock timeout"));
            other.rollback();
        }
        deliveries.published(id, false).await().atMost(PATIENCE);
    }
}
