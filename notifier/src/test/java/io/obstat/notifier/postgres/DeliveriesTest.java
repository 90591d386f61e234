package io.obstat.notifier.postgres;

import io.agroal.api.AgroalDataSource;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.notifier.Channels;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import io.obstat.notifier.StubChannel;
import io.obstat.notifier.postgres.PostgresDeliveries.Claim;
import io.obstat.notifier.postgres.PostgresDeliveries.Report;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a test of the delivery record by itself has at hand. Its deliveries are due so late that the worker of the running notifier leaves them alone.
 */
abstract class DeliveriesTest {

    static final Instant DUE = Instant.parse("2100-01-01T00:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    PostgresDeliveries deliveries;

    @Inject
    AgroalDataSource database;

    final List<Report> reports(DeliveryId id, Instant now) throws SQLException {
        List<Report> reports = taken(id, now);
        execute("UPDATE notifier.delivery SET reporting_until = NULL WHERE id = '%s'".formatted(id));
        return reports;
    }

    /** The same, and its lease runs on. */
    final List<Report> taken(DeliveryId id, Instant now) throws SQLException {
        List<Report> reports = deliveries.unpublished(1_000, now, LEASE).await().atMost(PATIENCE);
        execute(
                "UPDATE notifier.delivery SET reporting_until = NULL WHERE reporting_until > '2100-01-01' AND id <> '%s'"
                        .formatted(id));
        return reports.stream().filter(report -> report.id().equals(id)).toList();
    }

    final DeliveryId begin(String key, String name, Instant due) {
        Envelope<ActionEvent> event = Samples.approvalRequired(key);
        return begin(Notices.of(event, Samples.INBOX).orElseThrow(), key, name, due);
    }

    final DeliveryId begin(Notice notice, String key, String name, Instant due) {
        Envelope<ActionEvent> event = Samples.approvalRequired(key);
        var recipient = new Recipient("test", name);
        deliveries
                .begin(
                        Topics.VERDICTS,
                        event,
                        notice,
                        new Channels(List.of(new StubChannel("test", false, List.of(recipient)))),
                        due)
                .await()
                .atMost(PATIENCE);
        return DeliveryId.of(notice, recipient);
    }

    final List<Claim> claim(int most, int mostEach, Instant now) {
        return deliveries.claim(most, mostEach, now, LEASE).await().atMost(PATIENCE);
    }

    final boolean published(DeliveryId id) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT event_published FROM notifier.delivery WHERE id = '%s'".formatted(id))) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
