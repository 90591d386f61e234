package io.obstat.local.postgres;

import io.obstat.local.Directories;
import io.obstat.local.Endpoints;
import io.obstat.local.PartName;
import io.obstat.local.Recipe;
import io.obstat.local.StackException;
import io.obstat.local.StackFiles;
import io.obstat.local.process.Daemon;
import io.obstat.local.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PostgreSQL as a part. It is complete when the services' and the demo's database are there. */
public record PostgresRecipe(Directories directories, int port) implements Recipe {

    private static final String ADMIN = "postgres";
    private static final int PASSWORD_BYTES = 24;
    private static final int STATUS_LINE = 7;

    @Override
    public PartName name() {
        return PartName.POSTGRES;
    }

    @Override
    public String address() {
        return "localhost:" + port;
    }

    private Path data() {
        return directories.data(name());
    }

    private Path lockFile() {
        return data().resolve("postmaster.pid");
    }

    private Path adminPassword() {
        return directories.keys().resolve("postgres-admin.password");
    }

    @Override
    public Launch prepare() {
        PostgresPrograms programs = PostgresPrograms.unpackedIn(directories.runtime());
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialise(programs);
        }
        forgetCrash();
        List<String> command = programs.command("postgres");
        command.addAll(List.of("-D", data().toString(), "-p", String.valueOf(port), "-h", "127.0.0.1", "-k", ""));
        for (String setting :
                List.of("max_connections=200", "shared_buffers=64MB", "timezone=UTC", "log_timezone=UTC")) {
            command.add("-c");
            command.add(setting);
        }
        return new Launch(command, Map.of("LC_ALL", "C"), directories.home());
    }

    private void initialise(PostgresPrograms programs) {
        StackFiles.deleteAll(data());
        StackFiles.writeSecret(adminPassword(), randomPassword());
        List<String> command = programs.command("initdb");
        command.addAll(List.of("-D", data().toString(), "-U", ADMIN, "-A", "scram-sha-256"));
        command.addAll(List.of("--pwfile", adminPassword().toString(), "-E", "UTF8", "--locale=C", "--no-sync"));
        try {
            Files.createDirectories(data().getParent());
            Process process = new ProcessBuilder(command)
                    .directory(directories.home().toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StackException.PartFailed(
                        "PostgreSQL's data directory cannot be made:%n%s".formatted(said.indent(4)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException.PartFailed("Interrupted while PostgreSQL's data directory was made");
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** After kill -9 the lock file names a process that is gone, or that is somebody else by now; the latter would keep PostgreSQL out. */
    private void forgetCrash() {
        List<String> lines = lockLines();
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
            return;
        }
        boolean runs = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
        if (!runs) {
            try {
                Files.deleteIfExists(lockFile());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete " + lockFile(), e);
            }
        }
    }

    private List<String> lockLines() {
        try {
            return Files.exists(lockFile()) ? Files.readAllLines(lockFile()) : List.of();
        } catch (IOException beingWritten) {
            return List.of();
        }
    }

    /** What pg_ctl looks at too: the lock file's eighth line is the server's state. */
    @Override
    public boolean isReady() {
        List<String> lines = lockLines();
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    @Override
    public void complete() {
        try {
            new Databases(port, ADMIN, Files.readString(adminPassword()))
                    .create(Endpoints.USER, Endpoints.PASSWORD, Set.of(Endpoints.DATABASE, Endpoints.DEMO_DATABASE));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read %s; ./obstat up --fresh starts anew".formatted(adminPassword()), e);
        }
    }

    /** PostgreSQL's "fast" shutdown: does not wait for clients to go. */
    @Override
    public Daemon.Signal stopSignal() {
        return Daemon.Signal.INT;
    }

    /** After kill -9 the server's children live on for a moment, and a new server will not share the data with them. */
    @Override
    public boolean cameTooEarly(List<String> lastLines) {
        return lastLines.stream().anyMatch(line -> line.contains("shared memory block"));
    }
}
