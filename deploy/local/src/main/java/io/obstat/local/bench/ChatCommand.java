package io.obstat.local.bench;

import io.obstat.contracts.json.Json;
import io.obstat.local.Endpoints;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import io.obstat.local.PartName;
import io.obstat.local.Progress;
import io.obstat.local.StackFiles;
import io.obstat.local.StackSpec;
import io.obstat.local.VirtualMachines;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatRecipe;
import io.obstat.local.cli.StackOptions;
import io.obstat.sdk.http.ClientCredentials;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** From a click to the card that says what became of it, in both chats. */
@Command(
        name = "chat",
        description = {
            "From a click on a card to the card that says what became of it, in that chat and in the other,",
            "beside the acknowledgement of the same click. In turn in Slack and in Teams, one click at a time.",
            "Measured on an installation of its own with fake chats, which is started for it and removed afterwards."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat bench chat --clicks 300"})
final class ChatCommand implements Callable<Integer> {

    private static final String AGENT = "etl-agent";

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(
            names = "--clicks",
            paramLabel = "N",
            defaultValue = "300",
            description = "How many clicks to measure, half of them in each chat; an even number (default: 300).")
    private int clicks;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many clicks come before, half of them in each chat; an even number (default: 100).")
    private int warmUp;

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        requireEven(line, "--clicks", clicks, 2);
        requireEven(line, "--warm-up", warmUp, 0);
        PrintWriter progress = line.getErr();
        if (options.stack().parts().stream().anyMatch(Part::isRunning)) {
            progress.println(
                    "Obstat runs here too and takes its part of this machine. For better figures: ./obstat down");
        }
        Path home = Files.createTempDirectory("obstat-bench-");
        StackSpec isolated = StackSpec.isolated(options.checkout(), home).withNotifierAtFakeChat();
        LocalStack stack = LocalStack.of(isolated.with(isolated.machines().with(VirtualMachines.Aim.THROUGHPUT)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(stack, home), "remove-what-was-measured"));
        try (FakeChat chat = FakeChat.start(FakeChatRecipe.settings(stack.directories(), stack.endpoints()))) {
            stack.start(Progress.SILENT);
            ChatBench.Result result = new ChatBench(
                            target(stack.endpoints()), chat, what -> progress.println("  " + what))
                    .run(warmUp / 2, clicks / 2);
            print(result, line.getOut());
            return 0;
        }
    }

    private static void requireEven(CommandLine line, String option, int number, int least) {
        if (number < least || number % 2 != 0) {
            throw new ParameterException(
                    line, "%s is %d; it must be an even number from %d on".formatted(option, number, least));
        }
    }

    private static void remove(LocalStack stack, Path home) {
        stack.close();
        StackFiles.deleteAll(home);
    }

    private static ChatBench.Target target(Endpoints endpoints) throws InterruptedException {
        return new ChatBench.Target(
                URI.create(endpoints.url(PartName.REQUEST_INTAKE)),
                endpoints.bootstrapServers(),
                ClientCredentials.of(URI.create(endpoints.issuer()), AGENT, "local")
                        .token());
    }

    private void print(ChatBench.Result result, PrintWriter out) {
        if (json) {
            out.println(new String(Json.write(result), StandardCharsets.UTF_8));
            return;
        }
        out.println("One click at a time, from the click to the card that says what became of it.");
        print(result.slack(), "Slack", "Teams", out);
        print(result.teams(), "Teams", "Slack", out);
        ChatBench.Measured both = result.both();
        out.printf("either     → card in the same chat        %s%n", both.same().line());
        out.printf(
                "either     → card in the other chat       %s%n", both.other().line());
        out.printf(
                "ratio to a Slack acknowledgement          same p50 %.1f×  p99 %.1f×  other p50 %.1f×  p99 %.1f×%n",
                ratio(both.same().p50(), result.slack().acknowledged().p50()),
                ratio(both.same().p99(), result.slack().acknowledged().p99()),
                ratio(both.other().p50(), result.slack().acknowledged().p50()),
                ratio(both.other().p99(), result.slack().acknowledged().p99()));
        out.println(
                "Teams is acknowledged late on purpose: its clicks are held open for 0.7 s, for a refusal to come.");
    }

    private static void print(ChatBench.Measured clicked, String here, String there, PrintWriter out) {
        out.printf(
                "%s      → acknowledged over HTTP       %s%n",
                here, clicked.acknowledged().line());
        out.printf(
                "%s      → card in %s                %s%n",
                here, here, clicked.same().line());
        out.printf(
                "%s      → card in %s                %s%n",
                here, there, clicked.other().line());
    }

    private static double ratio(Duration measured, Duration baseline) {
        return (double) measured.toNanos() / baseline.toNanos();
    }
}
