package io.obstat.local.postgres;

import io.obstat.local.StackException;
import io.obstat.local.StackFiles;
import io.obstat.local.process.Daemon;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's own programs, unpacked from a jar of io.zonky.test.postgres.
 *
 * @param directory with {@code bin}, {@code lib} and {@code share} in it
 */
record PostgresPrograms(Path directory) {

    private static final int EXECUTABLE = 0111;

    /**
     * The programs for this machine, unpacked once for all installations.
     *
     * @param runtime where to unpack them
     * @throws StackException.Missing when there are none for this machine
     */
    static synchronized PostgresPrograms unpackedIn(Path runtime) {
        String archive = "/" + archiveName();
        Path lock = runtime.resolve("postgres.lock");
        try {
            Files.createDirectories(runtime);
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var locked = channel.lock();
                    InputStream packed = PostgresPrograms.class.getResourceAsStream(archive)) {
                if (packed == null) {
                    throw new StackException.Missing(
                            "No PostgreSQL comes with Obstat for this machine (%s); it does for Linux and macOS on x86-64 and ARM"
                                    .formatted(archive));
                }
                // The size tells one release from another well enough.
                Path directory = runtime.resolve(archiveName().replace(".txz", "-" + size(archive)));
                if (!Files.isDirectory(directory)) {
                    Path fresh = runtime.resolve("postgres.new");
                    StackFiles.deleteAll(fresh);
                    unpack(packed, fresh);
                    Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
                }
                return new PostgresPrograms(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL into " + runtime, e);
        }
    }

    private static long size(String resource) throws IOException {
        URL url = PostgresPrograms.class.getResource(resource);
        if (url == null) {
            throw new IOException("No longer there: " + resource);
        }
        URLConnection connection = url.openConnection();
        return connection.getContentLengthLong();
    }

    private static String archiveName() {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch", "").equals("aarch64");
        return "postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    }

    private static void unpack(InputStream packed, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IOException("The archive leads out of its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    link(file, entry.getLinkName());
                } else if (entry.isLink()) {
                    Files.copy(into.resolve(entry.getLinkName()), file);
                } else {
                    Files.copy(tar, file);
                    if ((entry.getMode() & EXECUTABLE) != 0) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static void link(Path file, String to) throws IOException {
        try {
            Files.createSymbolicLink(file, Path.of(to));
        } catch (FileAlreadyExistsException again) {
            // The archive names some links twice.
        }
    }

    /**
     * The start of a command line for this program. PostgreSQL refuses to run as root, so root runs it in a user namespace in which it
     * is somebody else.
     *
     * @throws StackException.Missing when that is needed and this machine does not allow it
     */
    List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name", "").equals("root")) {
            command.add(unshare());
            command.add("-U");
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        return command;
    }

    private static String unshare() {
        String program = Daemon.onPath("unshare").map(Path::toString).orElse("unshare");
        try {
            if (new ProcessBuilder(program, "-U", "true").start().waitFor() == 0) {
                return program;
            }
        } catch (IOException none) {
            // Answered below, as a refusal is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StackException.Missing(
                "PostgreSQL does not run as root, and this machine allows no user namespace (unshare -U). Run ./obstat"
                        + " as another user");
    }
}
