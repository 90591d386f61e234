package io.obstat.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The process that listens on a port.
 *
 * @param pid its number
 * @param program its program, without the directories
 */
public record PortOwner(long pid, String program) {

    private static final String LISTENING = "0A";

    /** Who listens there; empty when nobody does or this machine does not tell. */
    public static Optional<PortOwner> of(int port) {
        try {
            Optional<Long> pid = Files.isDirectory(Path.of("/proc/self/fd")) ? fromProc(port) : fromLsof(port);
            return pid.map(PortOwner::named);
        } catch (IOException notTold) {
            return Optional.empty();
        }
    }

    private static PortOwner named(long pid) {
        String program = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> String.valueOf(Path.of(command).getFileName()))
                .orElse("unknown program");
        return new PortOwner(pid, program);
    }

    private static Optional<Long> fromProc(int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            if (Files.exists(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.trim().split("\\s+");
                    if (fields.length > 9 && fields[3].equals(LISTENING) && portOf(fields[1]) == port) {
                        sockets.add("socket:[" + fields[9] + "]");
                    }
                }
            }
        }
        return sockets.isEmpty() ? Optional.empty() : holderOf(sockets);
    }

    private static int portOf(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? -1 : Integer.parseInt(address.substring(colon + 1), 16);
    }

    private static Optional<Long> holderOf(Set<String> sockets) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of(Long.parseLong(String.valueOf(process.getFileName())));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException goneOrForeign) {
            return false;
        }
        return false;
    }

    private static Optional<Long> fromLsof(int port) throws IOException {
        Process lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d+"))
                .map(Long::parseLong);
    }
}
