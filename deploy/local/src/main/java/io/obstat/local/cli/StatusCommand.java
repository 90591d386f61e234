package io.obstat.local.cli;

import io.obstat.contracts.json.Json;
import io.obstat.local.Part;
import io.obstat.local.Part.State;
import io.obstat.local.PartName;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how every part is. */
@Command(
        name = "status",
        description = "Say how every part is. Exit code 0 when all of it runs, 1 otherwise.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat status --json"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private record Line(String name, State state, long pid, String address) {}

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Line> lines = options.stack().parts().stream()
                .map(StatusCommand::line)
                .filter(line -> line.state() != State.DOWN || isOfTheRoad(line))
                .toList();
        if (json) {
            out.println(new String(Json.write(Map.of("parts", lines)), StandardCharsets.UTF_8));
        } else {
            for (Line line : lines) {
                out.printf(
                        "%s %-18s %-10s %8s  %s%n",
                        line.state() == State.READY ? Style.tick() : Style.cross(),
                        line.name(),
                        line.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        line.pid() == 0 ? "" : "pid " + line.pid(),
                        line.state() == State.CRASHED ? "see ./obstat logs " + line.name() : line.address());
            }
        }
        return lines.stream().allMatch(line -> line.state() == State.READY) ? 0 : 1;
    }

    /** What is started only when asked for is not missed when it is down. */
    private static boolean isOfTheRoad(Line line) {
        return PartName.road().stream().anyMatch(part -> part.label().equals(line.name()));
    }

    private static Line line(Part part) {
        return new Line(part.name().label(), part.state(), part.pid().orElse(0), part.address());
    }
}
