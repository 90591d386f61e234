package io.obstat.local.cli;

import io.obstat.contracts.json.Json;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    @Option(names = "--json", description = "Say it for machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        if (fresh) {
            options.stack().down(part -> {});
            options.home().wipe();
        }
        LocalStack stack = options.stack();
        boolean already = stack.parts().stream().allMatch(part -> part.state() == Part.State.RUNNING);
        long begin = System.nanoTime();
        stack.up(ready -> {
            if (!json && !already) {
                out.printf(
                        "%s %-18s %5.1f s   %s%n",
                        Style.tick(), ready.part().name(), ready.took().toMillis() / 1000.0, ready.part().spec().address());
                out.flush();
            }
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        String inbox = stack.url("decision-service") + "/inbox";
        String ledger = stack.url("audit-ledger") + "/ledger";
        if (json) {
            out.println(new String(
                    Json.write(Map.of(
                            "seconds", seconds,
                            "inbox", inbox,
                            "ledger", ledger,
                            "issuer", stack.issuer(),
                            "parts", addresses(stack))),
                    StandardCharsets.UTF_8));
            return 0;
        }
        out.println(already ? "Already running." : "Ready in %.1f s.".formatted(seconds));
        out.printf("%nInbox    %s   (sign in as reviewer)%n", inbox);
        out.printf("Ledger   %s   (sign in as auditor)%n", ledger);
        out.printf("API      %s   (ask as an agent; docs/how-to/use-the-sdk.md)%n%n", stack.url("request-intake"));
        out.println("Next: ./obstat demo");
        return 0;
    }

    private static List<Map<String, String>> addresses(LocalStack stack) {
        return stack.parts().stream()
                .map(part -> Map.of("name", part.name(), "address", part.spec().address()))
                .toList();
    }
}
