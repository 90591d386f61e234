package io.obstat.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;

/**
 * How the parts' virtual machines run, and where they find what they learned of their classes when the build tried the parts once (see
 * {@link Learning}): an AOT cache (JEP 514) from Java 25 on, an archive of classes (JEP 350) before. With it they start in half the time; a start
 * without it is slow, and otherwise the same.
 *
 * @param caches the folder of what they learned; part of the build, so all homes share it
 * @param aim what they are to be good at
 */
public record VirtualMachines(Path caches, Aim aim) {

    /** What a virtual machine is to be good at. */
    public enum Aim {
        /** To be there soon and take little: the quick compiler only. */
        START,
        /** To work fast for long, as in production: all compilers. */
        THROUGHPUT,
        /** To learn its classes, and write them at its ordinary end. */
        LEARN
    }

    /** The first version that makes an AOT cache in one run. */
    private static final int AOT_SINCE = 25;

    private static final String UNFINISHED = ".new";

    /** As {@code ./obstat up} runs them. */
    public static VirtualMachines of(Directories directories) {
        return new VirtualMachines(directories.root().resolve("deploy/local/target/class-caches"), Aim.START);
    }

    public VirtualMachines with(Aim other) {
        return new VirtualMachines(caches, other);
    }

    /**
     * What the virtual machine of this part is to be told.
     *
     * @param startedFrom what the part is started from; a cache that was learned from anything else is not used
     */
    public List<String> flags(PartName name, Collection<Path> startedFrom) {
        Path cache = cache(name, startedFrom);
        List<String> flags = new ArrayList<>();
        if (aim != Aim.THROUGHPUT) {
            flags.add("-XX:TieredStopAtLevel=1");
        }
        boolean aot = Runtime.version().feature() >= AOT_SINCE;
        if (aim == Aim.LEARN) {
            flags.add((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + unfinished(cache));
        } else if (Files.exists(cache)) {
            flags.add((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache);
        }
        return flags;
    }

    /** How long an ordinary end may take. Who has learned writes it then: half a minute, and more when all do so at once. */
    Duration stoppedWithin() {
        return aim == Aim.LEARN ? Duration.ofMinutes(5) : Duration.ofSeconds(30);
    }

    private Path cache(PartName name, Collection<Path> startedFrom) {
        CRC32 seen = new CRC32();
        try {
            for (Path file : startedFrom) {
                String sight = "%s %d %d;"
                        .formatted(
                                file,
                                Files.size(file),
                                Files.getLastModifiedTime(file).toMillis());
                seen.update(sight.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at what %s is started from".formatted(name), e);
        }
        return caches.resolve(
                "%s-%d-%08x.cache".formatted(name, Runtime.version().feature(), seen.getValue()));
    }

    private static Path unfinished(Path cache) {
        return cache.resolveSibling(cache.getFileName() + UNFINISHED);
    }

    /** Forgets everything, so that it can be learned anew. */
    void forget() throws IOException {
        StackFiles.deleteAll(caches);
        Files.createDirectories(caches);
    }

    /** Takes over what was learned, once every part has ended in good order. */
    void keep() throws IOException {
        List<Path> learned = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(caches, "*" + UNFINISHED)) {
            files.forEach(learned::add);
        }
        for (Path file : learned) {
            String name = file.getFileName().toString();
            Files.move(
                    file,
                    file.resolveSibling(name.substring(0, name.length() - UNFINISHED.length())),
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
