package io.obstat.notifier.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.Samples;
import io.obstat.notifier.postgres.PostgresDeliveries;
import io.obstat.notifier.postgres.PostgresDeliveries.Line;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** E-mail over a real mail server: one mail of all that waits, once, though the server is away. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EmailWiringTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Wire wire;

    @Inject
    PostgresDeliveries deliveries;

    @Inject
    AgroalDataSource database;

    private final MailServer mail = Surroundings.mail();

    @Test
    void shouldSendOneMailOfAllThatWaitsWhenTheServerIsBack() throws MessagingException {
        // Given
        mail.stop();
        asked("back-1", "mail-back");
        asked("back-2", "mail-back");
        awaitTrouble("back-1", "The mail server was not reached");
        awaitTrouble("back-2", "");

        // When
        mail.startAgain();

        // Then
        awaitNotified("back-1");
        awaitNotified("back-2");
        assertThat(mail.to("back@example.com")).hasSize(1);
        MimeMessage sent = mail.to("back@example.com").getFirst();
        assertThat(sent.getSubject()).startsWith("2 requests wait for you, the next until ");
        assertThat(sent.getFrom()).extracting(Object::toString).containsExactly("Obstat <obstat@example.com>");
        assertThat(sent.getMessageID()).matches("<digest\\.[0-9a-f]{64}@example\\.com>");
        assertThat(sent.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        for (String type : List.of("text/plain", "text/html")) {
            assertThat(MailServer.part(sent, type))
                    .contains(
                            "HIGH",
                            "Export customer data from production",
                            "postgres⟨:⟩//prod/customers",
                            "#" + Samples.action("back-1").shortForm(),
                            "http://localhost:8084/inbox/" + Samples.action("back-2"))
                    .doesNotContain("country");
        }
    }

    @Test
    void shouldSendNothingOfWhatIsDecidedBefore() {
        // Given
        mail.stop();
        asked("decided", "mail-decided");
        awaitTrouble("decided", "The mail server was not reached");

        // When
        send("decisions", Samples.decision("decided", Outcome.REJECTED, DecidedBy.PEOPLE));
        mail.startAgain();

        // Then
        await().untilAsserted(
                        () -> assertThat(wire.events(Topics.NOTIFICATIONS, Samples.action("decided")))
                                .extracting(Envelope::data)
                                .filteredOn(NotificationFailed.class::isInstance)
                                .extracting(failed -> ((NotificationFailed) failed).problem())
                                .containsExactly(
                                        "It waits for them no more: decided, voted on or over before the next digest. Nothing was sent"));
        assertThat(mail.to("decided@example.com")).isEmpty();
    }

    @Test
    void shouldTellWhatComesSoonAfterADigestInTheNextOne() throws SQLException, MessagingException {
        // Given
        asked("later-1", "mail-later");
        awaitNotified("later-1");

        // When
        asked("later-2", "mail-later");

        // Then it waits
        awaitTrouble("later-2", "They had a digest at ");
        assertThat(mail.to("later@example.com")).hasSize(1);

        // When the time has come
        execute(
                "UPDATE notifier.digest SET sent_at = sent_at - interval '1 hour' WHERE recipient = 'later@example.com'");
        execute("UPDATE notifier.delivery SET due_at = now() WHERE action_id = '%s' AND state = 'retrying'"
                .formatted(Samples.action("later-2")));

        // Then
        awaitNotified("later-2");
        assertThat(mail.to("later@example.com")).hasSize(2);
        assertThat(mail.to("later@example.com").getLast().getSubject()).startsWith("2 requests wait for you");
    }

    private void asked(String key, String rule) {
        send("verdicts", Samples.approvalRequired(key, rule, Instant.now()));
    }

    private void send(String channel, Envelope<ActionEvent> event) {
        wire.send(channel, EventCodec.encode(event)).join();
    }

    private void awaitNotified(String key) {
        await().untilAsserted(() -> assertThat(wire.events(Topics.NOTIFICATIONS, Samples.action(key)))
                .extracting(Envelope::data)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                Notified.class,
                                told -> assertThat(told.channel()).isEqualTo("email"))));
    }

    private void awaitTrouble(String key, String problem) {
        await().untilAsserted(() -> assertThat(
                        deliveries.of(Samples.action(key)).await().atMost(PATIENCE))
                .filteredOn(line -> line.recipient().channel().equals("email"))
                .extracting(Line::delivery)
                .singleElement()
                .isInstanceOfSatisfying(
                        Delivery.Retrying.class,
                        retrying -> assertThat(retrying.problem()).startsWith(problem)));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
