package io.obstat.local.cli;

import io.obstat.local.Directories;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import io.obstat.local.PartName;
import io.obstat.local.Ports;
import io.obstat.local.StackFiles;
import io.obstat.local.StackSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Obstat a command is about. */
public final class StackOptions {

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where data, logs and keys are (default: .obstat in the checkout, or $OBSTAT_HOME).")
    private @Nullable Path home;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description =
                    "Add N to every port, so that a second installation fits beside the first (default: as at the last"
                            + " 'up', else 0).")
    private @Nullable Integer portOffset;

    /** The root of the checkout; the launcher script says where it is. */
    public Path checkout() {
        return Path.of(System.getProperty("obstat.checkout", "."))
                .toAbsolutePath()
                .normalize();
    }

    public Directories directories() {
        if (home != null) {
            return new Directories(checkout(), home);
        }
        String fromEnvironment = System.getenv("OBSTAT_HOME");
        return fromEnvironment == null || fromEnvironment.isBlank()
                ? Directories.in(checkout())
                : new Directories(checkout(), Path.of(fromEnvironment));
    }

    private Path keptOffset() {
        return directories().home().resolve("run/port-offset");
    }

    private int portOffset() {
        return portOffset == null ? keptPortOffset() : portOffset;
    }

    private int keptPortOffset() {
        try {
            String kept =
                    Files.exists(keptOffset()) ? Files.readString(keptOffset()).strip() : "0";
            return kept.matches("-?\\d{1,5}") ? Integer.parseInt(kept) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + keptOffset(), e);
        }
    }

    /**
     * A home has one set of ports while anything runs from it.
     *
     * @throws IllegalStateException when something runs on other ports than are asked for, saying what, where and how to stop it
     */
    void requireSamePorts() {
        int kept = keptPortOffset();
        if (portOffset() == kept) {
            return;
        }
        String running = stack(PartName.all(), kept).parts().stream()
                .filter(Part::isRunning)
                .map(part -> "%s at %s".formatted(part.name().label(), part.address()))
                .collect(Collectors.joining(", "));
        if (!running.isEmpty()) {
            Directories directories = directories();
            String home = directories.equals(Directories.in(checkout())) ? "" : " --home " + directories.home();
            throw new IllegalStateException(
                    "Obstat runs already from %1$s, on other ports: %2$s. To move it: ./obstat down%3$s && ./obstat up%3$s --port-offset %4$d. To have a second one beside it: ./obstat up --home FOLDER --port-offset %4$d"
                            .formatted(directories.home(), running, home, portOffset()));
        }
    }

    /** Keeps the ports, so that the next command finds what this one started. */
    void keepPorts() {
        StackFiles.write(keptOffset(), portOffset() + "\n");
    }

    /** Everything that may run, also what is started only when asked for. */
    public LocalStack stack() {
        return stack(PartName.all());
    }

    LocalStack stack(Set<PartName> parts) {
        return stack(parts, portOffset());
    }

    /** These parts with the fake chats, and a notifier that talks to them. */
    LocalStack stackWithFakeChat(Set<PartName> parts) {
        return LocalStack.of(spec(parts, portOffset()).withFakeChat());
    }

    private LocalStack stack(Set<PartName> parts, int offset) {
        return LocalStack.of(spec(parts, offset));
    }

    private StackSpec spec(Set<PartName> parts, int offset) {
        return StackSpec.of(directories())
                .with(Ports.standard().shiftedBy(offset))
                .only(parts);
    }

    /** The stack, when all of the road runs. @throws IllegalStateException saying what does not, and what to do */
    public LocalStack runningStack() {
        LocalStack stack = stack(PartName.road());
        String away = stack.parts().stream()
                .filter(part -> !part.isRunning())
                .map(Part::name)
                .map(PartName::label)
                .collect(Collectors.joining(", "));
        if (!away.isEmpty()) {
            throw new IllegalStateException(
                    "Obstat is not running (not there: %s). Start it with ./obstat up".formatted(away));
        }
        return stack;
    }

    /** The parts of a comma-separated list. @throws IllegalArgumentException naming the one that is unknown */
    static Set<PartName> parts(String labels) {
        Set<PartName> parts = EnumSet.noneOf(PartName.class);
        for (String label : Arrays.asList(labels.split(",", -1))) {
            parts.add(PartName.labelled(label.strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is no part '%s'; the parts are %s".formatted(label.strip(), PartName.labels()))));
        }
        return parts;
    }
}
