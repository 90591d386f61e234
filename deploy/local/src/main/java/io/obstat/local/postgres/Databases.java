package io.obstat.local.postgres;

import io.obstat.local.StackException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The databases of a server, and who owns them.
 *
 * @param port of the server, on this machine
 * @param admin a superuser
 * @param password the superuser's
 */
record Databases(int port, String admin, String password) {

    /**
     * Makes the user and the databases that are not there.
     *
     * @throws StackException.PartFailed when the server refuses
     */
    void create(String user, String userPassword, Set<String> names) {
        String url = "jdbc:postgresql://localhost:%d/postgres?connectTimeout=10&socketTimeout=30".formatted(port);
        try (Connection connection = DriverManager.getConnection(url, admin, password);
                Statement statement = connection.createStatement()) {
            if (isMissing(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", user)) {
                statement.execute("CREATE ROLE %s LOGIN PASSWORD %s"
                        .formatted(statement.enquoteIdentifier(user, true), statement.enquoteLiteral(userPassword)));
            }
            for (String name : names) {
                if (isMissing(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                    statement.execute("CREATE DATABASE %s OWNER %s"
                            .formatted(
                                    statement.enquoteIdentifier(name, true), statement.enquoteIdentifier(user, true)));
                }
            }
        } catch (SQLException e) {
            throw new StackException.PartFailed("The databases cannot be made: " + e.getMessage());
        }
    }

    private static boolean isMissing(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }
}
