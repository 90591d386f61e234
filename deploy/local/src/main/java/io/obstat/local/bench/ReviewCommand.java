package io.obstat.local.bench;

import io.obstat.contracts.json.Json;
import io.obstat.local.Endpoints;
import io.obstat.local.PartName;
import io.obstat.local.cli.StackOptions;
import io.obstat.local.demo.PersonTokens;
import io.obstat.sdk.http.ClientCredentials;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From a review to its decision, with many approvals pending beside few. */
@Command(
        name = "review",
        description = {
            "From one review, sent by HTTP, to its decision read from Kafka: with many approvals pending,",
            "beside the same with 100, in the same run on the Obstat that runs here.",
            "The pending ones are copies of a genuine one, written into its database and removed afterwards."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat up && ./obstat bench review --pending 100000"})
final class ReviewCommand implements Callable<Integer> {

    private static final String AGENT = "etl-agent";
    private static final String REVIEWER = "reviewer";
    private static final int FEW = 100;
    private static final int MOST = 1_000_000;

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(
            names = "--pending",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many approvals are pending, 101 to 1000000 (default: 100000).")
    private int pending;

    @Option(
            names = "--reviews",
            paramLabel = "M",
            defaultValue = "300",
            description = "How many reviews to measure with each, an even number (default: 300).")
    private int reviews;

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (pending <= FEW || pending > MOST) {
            throw new ParameterException(
                    line, "--pending is %d; it must be %d to %d".formatted(pending, FEW + 1, MOST));
        }
        if (reviews < 2 || reviews % 2 != 0) {
            throw new ParameterException(
                    line, "--reviews is %d; it must be an even number from 2 on".formatted(reviews));
        }
        Endpoints endpoints = options.runningStack().endpoints();
        PrintWriter progress = line.getErr();
        PendingFill fill = PendingFill.open(endpoints);
        // Also when it is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(fill, progress), "remove-what-was-filled-in"));
        ReviewBench.Result result = new ReviewBench(target(endpoints), fill, what -> progress.println("  " + what))
                .run(FEW, pending, reviews);
        print(result, line.getOut());
        return 0;
    }

    private static void remove(PendingFill fill, PrintWriter progress) {
        try {
            fill.close();
        } catch (SQLException e) {
            progress.println("The copies are still pending (%s). The next ./obstat bench review takes them out."
                    .formatted(e.getMessage()));
        }
    }

    private static ReviewBench.Target target(Endpoints endpoints) throws InterruptedException {
        URI issuer = URI.create(endpoints.issuer());
        return new ReviewBench.Target(
                URI.create(endpoints.url(PartName.REQUEST_INTAKE)),
                URI.create(endpoints.url(PartName.DECISION_SERVICE)),
                endpoints.bootstrapServers(),
                ClientCredentials.of(issuer, AGENT, "local").token(),
                PersonTokens.of(issuer, REVIEWER));
    }

    private void print(ReviewBench.Result result, PrintWriter out) {
        if (json) {
            out.println(new String(Json.write(result), StandardCharsets.UTF_8));
            return;
        }
        Percentiles few = result.few().review();
        Percentiles many = result.many().review();
        out.println("One review at a time, from sending it to reading the decision from the topic.");
        out.printf("%,9d pending    %s%n", result.few().pending(), few.line());
        out.printf("%,9d pending    %s%n", result.many().pending(), many.line());
        out.printf(
                "ratio, many to few   p50 %.2f×  p99 %.2f×%n",
                ratio(many.p50(), few.p50()), ratio(many.p99(), few.p99()));
    }

    private static double ratio(Duration measured, Duration baseline) {
        return (double) measured.toNanos() / baseline.toNanos();
    }
}
