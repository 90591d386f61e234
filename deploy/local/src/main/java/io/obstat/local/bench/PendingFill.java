package io.obstat.local.bench;

import io.obstat.contracts.ActionId;
import io.obstat.local.Endpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Approvals that wait, in any number. A hundred thousand requests would take an hour through the front door, so all but one are copies of a genuine
 * pending row, written past the services into {@code decision.approvals}: each with an action id, a deadline and an agent of the copy's own, the rest as
 * in the original. No topic knows of them, and {@link #close} takes them out again.
 */
final class PendingFill implements AutoCloseable {

    /** What the ids of copies begin with; what follows is 17 characters of the copy's number. */
    private static final String COPIES = "act_benchfill";

    // Whatever columns there are, they are the original's but for these. Time brings nothing about in copies for a day.
    private static final String COPY = """
            insert into decision.approvals
            select copy.* from decision.approvals as original, generate_series(cast(? as integer), ?) as n,
                lateral (select '%s' || translate(lpad(n::text, 17, '0'), '0189', 'abcd') as id) as made,
                lateral json_populate_record(original, json_build_object(
                    'action_id', made.id,
                    'document', replace(original.document, original.action_id, made.id),
                    'agent', 'bench-agent-' || n %% 100,
                    'expires_at', original.expires_at + interval '1 day' + n * interval '1 second',
                    'due_at', original.expires_at + interval '1 day' + n * interval '1 second')) as copy
            where original.action_id = ?""".formatted(COPIES);

    private static final String REMOVE = "delete from decision.approvals where action_id like '%s%%'".formatted(COPIES);
    private static final String COUNT = "select count(*) from decision.approvals where state = 'pending'";

    private final Connection connection;
    private int copies;

    private PendingFill(Connection connection) {
        this.connection = connection;
    }

    /** Takes out first what a run left behind that was killed. */
    static PendingFill open(Endpoints endpoints) throws SQLException {
        var fill = new PendingFill(DriverManager.getConnection(
                endpoints.jdbcUrl(),
                endpoints.database().user(),
                endpoints.database().password()));
        fill.empty();
        return fill;
    }

    /**
     * Adds copies, or takes them all out and begins anew, until so many approvals are pending; none when there are more of others already.
     *
     * @return how many are pending now
     */
    int fillTo(int pending, ActionId original) throws SQLException {
        int now = count();
        if (now > pending) {
            empty();
            now = count();
        }
        if (now < pending) {
            try (PreparedStatement copy = connection.prepareStatement(COPY)) {
                copy.setInt(1, copies + 1);
                copy.setInt(2, copies + pending - now);
                copy.setString(3, original.value());
                copies += copy.executeUpdate();
            }
        }
        tidy();
        return count();
    }

    private void empty() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(REMOVE);
        }
        copies = 0;
    }

    /** What PostgreSQL does by itself within a minute of such a change. */
    private void tidy() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze decision.approvals");
            statement.execute("vacuum analyze decision.asked");
        }
    }

    private int count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(COUNT)) {
            count.next();
            return count.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            empty();
            tidy();
        }
    }
}
