package io.obstat.local.cli;

import io.obstat.contracts.json.Json;
import io.obstat.local.Endpoints;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import io.obstat.local.PartName;
import io.obstat.local.Progress;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything. */
@Command(
        name = "up",
        description = "Start everything on this machine and say where to go. What runs already is left alone.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat up --fresh"})
final class UpCommand implements Callable<Integer> {

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--fresh", description = "Stop what runs, delete data, keys and logs, and start empty.")
    private boolean fresh;

    @Option(
            names = "--only",
            paramLabel = "PARTS",
            description = "Start these parts only, such as broker,postgres,issuer.")
    private @Nullable String only;

    @Option(
            names = "--with-fake-chat",
            description = "Start a Slack and a Teams of our own too, with a page to watch and click the cards.")
    private boolean withFakeChat;

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Set<PartName> parts = only == null ? PartName.road() : StackOptions.parts(only);
        Home home = new Home(options.directories());
        if (fresh) {
            home.requireOwn();
            options.stack().stop(Progress.SILENT);
            home.empty();
        }
        options.requireSamePorts();
        if (withFakeChat) {
            requireNoNotifierWithoutChat(options.stack());
        }
        home.mark();
        options.keepPorts();
        LocalStack stack = withFakeChat ? options.stackWithFakeChat(parts) : options.stack(parts);
        boolean already = stack.isReady();
        long begin = System.nanoTime();
        stack.start(json || already ? Progress.SILENT : new Lines(out));
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (json) {
            out.println(new String(Json.write(summary(stack, seconds)), StandardCharsets.UTF_8));
        } else {
            out.println(already ? "Already running." : "Ready in %.1f s.".formatted(seconds));
            if (only == null) {
                sayWhereToGo(out, stack);
            }
        }
        return 0;
    }

    /** @throws IllegalStateException when a notifier runs that was started without the chats: it would never say anything in them */
    private static void requireNoNotifierWithoutChat(LocalStack stack) {
        if (stack.part(PartName.NOTIFIER).isRunning()
                && !stack.part(PartName.FAKE_CHAT).isRunning()) {
            throw new IllegalStateException(
                    "The notifier runs already, and was started without the fake chat. Start both anew: ./obstat down && ./obstat up --with-fake-chat");
        }
    }

    private static void sayWhereToGo(PrintWriter out, LocalStack stack) {
        Endpoints endpoints = stack.endpoints();
        out.println();
        out.printf("Inbox    %s   (sign in as reviewer)%n", endpoints.inbox());
        out.printf("Ledger   %s   (sign in as auditor)%n", endpoints.ledger());
        out.printf(
                "API      %s   (ask as an agent: docs/how-to/use-the-sdk.md)%n",
                endpoints.url(PartName.REQUEST_INTAKE));
        if (hasFakeChat(stack)) {
            out.printf("Chat     %s   (Slack and Teams, side by side; mail at /mail)%n", endpoints.chat());
        }
        out.println();
        out.println("Next: ./obstat demo");
    }

    private static Map<String, Object> summary(LocalStack stack, double seconds) {
        Endpoints endpoints = stack.endpoints();
        Map<String, Object> summary = new TreeMap<>();
        summary.put("seconds", seconds);
        summary.put("inbox", endpoints.inbox());
        summary.put("ledger", endpoints.ledger());
        summary.put("issuer", endpoints.issuer());
        summary.put("bootstrapServers", endpoints.bootstrapServers());
        if (hasFakeChat(stack)) {
            summary.put("chat", endpoints.chat());
        }
        summary.put(
                "parts",
                stack.parts().stream()
                        .map(part -> Map.of("name", part.name().label(), "address", part.address()))
                        .toList());
        return summary;
    }

    private static boolean hasFakeChat(LocalStack stack) {
        return stack.parts().stream().anyMatch(part -> part.name() == PartName.FAKE_CHAT);
    }

    /** A line for each part as it gets ready. */
    private record Lines(PrintWriter out) implements Progress {

        @Override
        public void starting(Part part) {}

        @Override
        public void ready(Part part, Duration took) {
            say(part, "%5.1f s   %s".formatted(took.toMillis() / 1000.0, part.address()));
        }

        @Override
        public void alreadyUp(Part part) {
            say(part, "running   " + part.address());
        }

        @Override
        public void stopped(Part part, Duration took) {
            say(part, "stopped");
        }

        private synchronized void say(Part part, String what) {
            out.printf("%s %-18s %s%n", Style.tick(), part.name(), what);
            out.flush();
        }
    }
}
