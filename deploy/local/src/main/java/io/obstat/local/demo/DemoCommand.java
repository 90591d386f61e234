package io.obstat.local.demo;

import io.obstat.local.LocalStack;
import io.obstat.local.People;
import io.obstat.local.cli.StackOptions;
import io.obstat.local.cli.Style;
import io.obstat.sdk.ObstatClient;
import io.obstat.sdk.http.ClientCredentials;
import io.obstat.sdk.http.HttpObstat;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the demonstration. */
@Command(
        name = "demo",
        description = {
            "Let an agent ask for an export of customer data, and follow it to the end.",
            "Waits for you to approve in the inbox, or lets another person do it with --yes-as."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat demo --yes-as reviewer", "", "Exit codes: 0 all went as said, 1 something did not."})
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(
            names = "--yes-as",
            paramLabel = "PERSON",
            description = "Approve as this person through the public API, such as reviewer.")
    private @Nullable String yesAs;

    @Option(names = "--exports", paramLabel = "FOLDER", description = "Where the export goes (default: exports).")
    private Path exports = Path.of("exports");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandSpec command = Objects.requireNonNull(spec);
        List<String> people = People.ALL.stream().map(People.LocalPerson::subject).toList();
        if (yesAs != null && !people.contains(yesAs)) {
            throw new ParameterException(
                    command.commandLine(), "--yes-as %s: there is no such person; there are %s".formatted(yesAs, people));
        }
        PrintWriter out = command.commandLine().getOut();
        var transcript = new Transcript(out, Style.coloured());
        LocalStack stack = options.runningStack();
        try (ObstatClient agent = agent(stack)) {
            new Demo(world(stack, agent), transcript, yesAs).run();
        }
        out.println();
        if (!transcript.surprises().isEmpty()) {
            out.println("%d of the steps did not go as said:".formatted(transcript.surprises().size()));
            transcript.surprises().forEach(surprise -> out.println("  " + surprise));
            return 1;
        }
        out.println("All went as said. The same as a page: %s/ledger (sign in as auditor)".formatted(stack.url("audit-ledger")));
        return 0;
    }

    private Demo.World world(LocalStack stack, ObstatClient agent) {
        URI issuer = URI.create(stack.issuer());
        return new Demo.World(
                agent,
                new PublicApi(stack.url("decision-service"), stack.url("audit-ledger")),
                person -> PersonTokens.of(issuer, person),
                new DemoDatabase(
                        stack.jdbcUrl("demo"),
                        stack.infrastructure().user(),
                        stack.infrastructure().password()),
                stack.url("decision-service") + "/inbox",
                exports.isAbsolute() ? exports : options.checkout().resolve(exports).normalize());
    }

    private static ObstatClient agent(LocalStack stack) {
        ClientCredentials tokens = ClientCredentials.of(URI.create(stack.issuer()), Demo.AGENT.value(), "local")
                .with("scope", "on-behalf-of:" + Demo.FOR.subject());
        return HttpObstat.agent(Demo.AGENT.value())
                .onBehalfOf(Demo.FOR.subject())
                .intake(stack.url("request-intake"))
                .decisionService(stack.url("decision-service"))
                .tokens(tokens)
                .connect();
    }
}
