package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.ActionId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** The tables, as any client of the database sees them. */
public final class Database {

    private Database() {}

    static Connection connect() throws SQLException {
        var config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class), "postgres", "postgres");
    }

    /** How many facts of the actions wait in the outbox. */
    static int waiting(ActionId... ids) throws SQLException {
        String quoted = Stream.of(ids).map(ActionId::value).collect(Collectors.joining("', '", "'", "'"));
        return count("select count(*) from decision.outbox where action_id in (%s)".formatted(quoted));
    }

    /** How many statements wait for a lock that another transaction holds. */
    static int waitingForLocks() throws SQLException {
        return count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
    }

    /** What every instance looks at to see whether the directory that it has read still holds. */
    static int directoryVersion() throws SQLException {
        return count("select version from decision.directory_version");
    }

    /** How many proofs of a key are noted as used. */
    static int usedProofs(String thumbprint) throws SQLException {
        return count("select count(*) from decision.used_proofs where thumbprint = '%s'".formatted(thumbprint));
    }

    /** Of how many approvals the condition is true. */
    static int rows(String condition) throws SQLException {
        return count("select count(*) from decision.approvals where " + condition);
    }

    /** Returns when everything that is stored about the action has left: what was not sent by then is not sent at all. */
    public static void awaitPublished(ActionId id) {
        await().untilAsserted(() -> assertThat(waiting(id)).isZero());
    }

    /** The directory is one for all tests, and others go on under theirs: nobody is in it after this, nor away, nor suspended. */
    public static void forgetDirectory() throws SQLException {
        for (String table : List.of("suspensions", "agent_owners", "delegations", "groups", "identities", "members")) {
            execute("delete from decision." + table);
        }
        execute("update decision.directory_version set version = version + 1, file = null");
    }

    private static int count(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(sql)) {
            count.next();
            return count.getInt(1);
        }
    }

    public static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
