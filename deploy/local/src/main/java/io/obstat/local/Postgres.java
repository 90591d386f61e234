package io.obstat.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The PostgreSQL server of a local Obstat: one account, {@code obstat}, with the databases {@code obstat} and {@code demo}. */
final class Postgres {

    static final String ACCOUNT = "obstat";
    static final List<String> DATABASES = List.of("obstat", "demo");

    private Postgres() {}

    /** Unpacks the server and makes its data folder when this is the first time, and says how to start it. */
    static Part.Spec prepare(Home home, int port) {
        Path bin = PostgresBinaries.unpack(home.data("postgres-server"));
        Path data = home.data("postgres");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(bin, data, home);
        }
        List<String> command = asAccount(List.of(
                bin.resolve("postgres").toString(),
                "-D", data.toString(),
                "-p", String.valueOf(port),
                "-c", "listen_addresses=localhost",
                "-c", "unix_socket_directories=",
                "-c", "max_connections=200"));
        return new Part.Spec("postgres", command, Map.of(), port, "localhost:" + port, () -> answers(port));
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
    }

    /** Makes the databases that are missing. */
    static void createDatabases(int port) {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            for (String database : DATABASES) {
                try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                    if (found.next()) {
                        continue;
                    }
                }
                statement.execute("CREATE DATABASE " + database);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the databases: " + e.getMessage(), e);
        }
    }

    private static boolean answers(int port) {
        try (Connection connection = connect(port, "postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(port, database) + "?connectTimeout=2", ACCOUNT, ACCOUNT);
    }

    private static void initialise(Path bin, Path data, Home home) {
        Path password = home.data("postgres.password");
        try {
            Files.createDirectories(data);
            Files.writeString(password, ACCOUNT);
            Process initdb = new ProcessBuilder(asAccount(List.of(
                            bin.resolve("initdb").toString(),
                            "-D", data.toString(),
                            "-U", ACCOUNT,
                            "--auth=scram-sha-256",
                            "--pwfile=" + password,
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync")))
                    .redirectErrorStream(true)
                    .redirectOutput(home.log("postgres").toFile())
                    .start();
            if (initdb.waitFor() != 0) {
                throw new IllegalStateException("initdb failed:%n%s".formatted(Files.readString(home.log("postgres"))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make a PostgreSQL data folder at " + data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during initdb", e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own root is nobody in particular. */
    private static List<String> asAccount(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }
}
