package io.obstat.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process said.
 *
 * @param path the file that its output and errors go to
 */
public record LogFile(Path path) {

    /** Enough for the last lines of any log; more is not read. */
    private static final int TAIL_BYTES = 1 << 20;

    /** The last lines, at most so many; none when nothing was said. */
    public List<String> tail(int lines) {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            List<String> all = new Chunk(text(file, from), 0).decoded().lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    /**
     * What was written from this byte on.
     *
     * @return as much as there is now, at most 1 MiB; empty when there is nothing
     */
    public Chunk read(long from) {
        if (!Files.exists(path)) {
            return new Chunk("", from);
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            // Shorter than before: it was begun anew.
            long start = file.length() < from ? 0 : from;
            String text = text(file, start);
            return new Chunk(text, start + text.getBytes(StandardCharsets.ISO_8859_1).length);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    /** How many bytes it has now. */
    public long length() {
        return path.toFile().length();
    }

    /**
     * A piece of the log.
     *
     * @param text its bytes, one character each
     * @param next the byte after it
     */
    public record Chunk(String text, long next) {

        /** The text as it was meant. */
        public String decoded() {
            return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    private static String text(RandomAccessFile file, long from) throws IOException {
        byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length() - from)];
        file.seek(from);
        file.readFully(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
