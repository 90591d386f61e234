package io.obstat.local.bench;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.json.Json;
import io.obstat.local.Endpoints;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import io.obstat.local.PartName;
import io.obstat.local.Progress;
import io.obstat.local.StackFiles;
import io.obstat.local.StackSpec;
import io.obstat.local.VirtualMachines;
import io.obstat.local.cli.StackOptions;
import io.obstat.sdk.http.ClientCredentials;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From request to decision, beside a plain relay. */
@Command(
        name = "latency",
        description = {
            "From request to decision as the agent sees it, for an action that policy allows by itself,",
            "beside a plain-client relay over as many Kafka topics, under the same load at the same time.",
            "Measured on an installation of its own, which is started for it and removed afterwards."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat bench latency --rate 100 --seconds 30"})
final class LatencyCommand implements Callable<Integer> {

    private static final String AGENT = "ops-agent";

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--rate", defaultValue = "100", description = "Requests a second (default: 100).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "How long to measure (default: 30).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "900",
            description = {
                "Seconds of warm-up at most, 16 requests at a time (default: 900).",
                "It ends when two minutes have made nothing faster."
            })
    private int warmUp;

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (rate < 1 || seconds < 2) {
            throw new CommandLine.ParameterException(
                    line, "--rate is at least 1 and --seconds at least 2; got %d and %d".formatted(rate, seconds));
        }
        if (options.stack().parts().stream().anyMatch(Part::isRunning)) {
            line.getErr()
                    .println(
                            "Obstat runs here too and takes its part of this machine. For better figures: ./obstat down");
        }
        Path home = Files.createTempDirectory("obstat-bench-");
        LocalStack stack = LocalStack.of(installation(home));
        Thread cleanUp = new Thread(() -> remove(stack, home), "remove-what-was-measured");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        stack.start(Progress.SILENT);
        return measure(stack.endpoints(), line.getOut(), line.getErr());
    }

    /** One of its own, empty, and compiled as in production: the one that runs here is made to start quickly. */
    private StackSpec installation(Path home) {
        StackSpec isolated = StackSpec.isolated(options.checkout(), home);
        return isolated.with(isolated.machines().with(VirtualMachines.Aim.THROUGHPUT));
    }

    private static void remove(LocalStack stack, Path home) {
        stack.close();
        StackFiles.deleteAll(home);
    }

    private int measure(Endpoints endpoints, PrintWriter out, PrintWriter progress) throws Exception {
        ClientCredentials tokens = ClientCredentials.of(URI.create(endpoints.issuer()), AGENT, "local");
        var target = new LatencyBench.Target(
                URI.create(endpoints.url(PartName.REQUEST_INTAKE)),
                endpoints.bootstrapServers(),
                new AgentId(AGENT),
                tokens.token());
        if (!json) {
            out.printf("Auto-allowed actions at %d/s for %d s, after a warm-up.%n", rate, seconds);
            out.flush();
        }
        LatencyBench.Result result = new LatencyBench(target)
                .run(
                        Duration.ofSeconds(warmUp),
                        new Load.AtRate(rate, Duration.ofSeconds(seconds)),
                        perSecond -> progress.println("  warm-up: %.0f/s".formatted(perSecond)));
        if (json) {
            out.println(new String(
                    Json.write(Map.of("answer", result.answer(), "topic", result.topic(), "relay", result.relay())),
                    StandardCharsets.UTF_8));
            return 0;
        }
        out.printf(
                "request → HTTP answer with the decision    %s%n",
                result.answer().line());
        out.printf(
                "request → decision read from the topic     %s%n",
                result.topic().line());
        out.printf(
                "plain relay over as many topics (3)        %s%n",
                result.relay().line());
        out.printf(
                "ratio, HTTP answer to relay                p50 %.1f×  p99 %.1f×%n",
                ratio(result.answer().p50(), result.relay().p50()),
                ratio(result.answer().p99(), result.relay().p99()));
        out.printf(
                "ratio, topic to relay                      p50 %.1f×  p99 %.1f×%n",
                ratio(result.topic().p50(), result.relay().p50()),
                ratio(result.topic().p99(), result.relay().p99()));
        return 0;
    }

    private static double ratio(Duration measured, Duration baseline) {
        return (double) measured.toNanos() / baseline.toNanos();
    }
}
