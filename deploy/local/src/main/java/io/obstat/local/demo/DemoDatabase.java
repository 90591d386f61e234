package io.obstat.local.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * The small database whose customers the demo agent wants: one table, 1,200 rows, the same on every machine. Statements are built from the approved
 * parameters and nothing else.
 */
final class DemoDatabase {

    static final int ROWS = 1_200;
    private static final List<String> COUNTRIES = List.of("DE", "FR", "ES", "PL");

    private final String jdbcUrl;
    private final Properties credentials;

    /** @param jdbcUrl of the database; the account must be able to create a table in it */
    DemoDatabase(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.credentials = new Properties();
        credentials.setProperty("user", user);
        credentials.setProperty("password", password);
    }

    /** Makes the table when it is not there. */
    void prepare() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                CREATE TABLE IF NOT EXISTS customers (
                    id int PRIMARY KEY, name text NOT NULL, email text NOT NULL, country text NOT NULL, churn_risk numeric(3, 2) NOT NULL)
                """);
            statement.execute("""
                INSERT INTO customers
                SELECT n, 'Customer ' || n, 'customer' || n || '@example.com', (ARRAY['%s'])[1 + n %% %d], (n %% 100) / 100.0
                FROM generate_series(1, %d) AS n
                ON CONFLICT DO NOTHING
                """.formatted(String.join("','", COUNTRIES), COUNTRIES.size(), ROWS));
        }
    }

    long count() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM customers")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Writes the customers of one country as CSV with a header.
     *
     * @return how many customers were written
     */
    long exportCsv(String country, Path file) throws SQLException, IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            // COPY takes no bind parameters, so the bound value goes into a temporary table first.
            statement.execute("CREATE TEMPORARY TABLE export (LIKE customers)");
            try (PreparedStatement select =
                    connection.prepareStatement("INSERT INTO export SELECT * FROM customers WHERE country = ?")) {
                select.setString(1, country);
                select.executeUpdate();
            }
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT * FROM export ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)", out);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, credentials);
    }
}
