package io.obstat.local.bench;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.json.Json;
import io.obstat.local.Endpoints;
import io.obstat.local.PartName;
import io.obstat.local.cli.StackOptions;
import io.obstat.sdk.http.ClientCredentials;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "beside a plain-client relay over as many Kafka topics, under the same load at the same time."
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

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before that, not counted (default: 20).")
    private int warmUp;

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Endpoints endpoints = options.runningStack().endpoints();
        ClientCredentials tokens = ClientCredentials.of(URI.create(endpoints.issuer()), AGENT, "local");
        var target = new LatencyBench.Target(
                URI.create(endpoints.url(PartName.REQUEST_INTAKE)),
                endpoints.bootstrapServers(),
                new AgentId(AGENT),
                tokens.token());
        if (!json) {
            out.printf("Auto-allowed actions at %d/s: %d s of warm-up, then %d s measured.%n", rate, warmUp, seconds);
            out.flush();
        }
        LatencyBench.Result result = new LatencyBench(target)
                .run(new Pace(rate, Duration.ofSeconds(warmUp)), new Pace(rate, Duration.ofSeconds(seconds)));
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
