package io.obstat.local.demo;

import io.obstat.local.Endpoints;
import io.obstat.local.PartName;
import io.obstat.local.cli.StackOptions;
import io.obstat.local.cli.Style;
import io.obstat.local.issuer.Person;
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
        footer = {
            "",
            "Example:",
            "  ./obstat demo --yes-as reviewer",
            "",
            "Exit codes: 0 all went as said, 1 something did not."
        })
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
        requireReviewer(command);
        PrintWriter out = command.commandLine().getOut();
        var transcript = new Transcript(out, Style.coloured());
        Endpoints endpoints = options.runningStack().endpoints();
        try (ObstatClient agent = agent(endpoints)) {
            new Demo(world(endpoints, agent), transcript, yesAs).run();
        }
        out.println();
        if (!transcript.surprises().isEmpty()) {
            out.println("%d of the steps did not go as said:"
                    .formatted(transcript.surprises().size()));
            transcript.surprises().forEach(surprise -> out.println("  " + surprise));
            return 1;
        }
        out.println("All went as said. The same as a page: %s (sign in as auditor)".formatted(endpoints.ledger()));
        return 0;
    }

    /** Whoever may not approve is refused before an agent asks for something that would then wait for people. */
    private void requireReviewer(CommandSpec command) {
        List<String> reviewers =
                Person.all().stream().filter(Demo::mayApprove).map(Person::name).toList();
        if (yesAs == null || reviewers.contains(yesAs)) {
            return;
        }
        String why = Person.all().stream()
                .filter(person -> person.name().equals(yesAs))
                .findFirst()
                .map(person -> "%s %s, and cannot approve this export".formatted(person.fullName(), person.about()))
                .orElse("there is no such person");
        throw new ParameterException(
                command.commandLine(),
                "--yes-as %s: %s; say --yes-as %s".formatted(yesAs, why, String.join(" or ", reviewers)));
    }

    private Demo.World world(Endpoints endpoints, ObstatClient agent) {
        URI issuer = URI.create(endpoints.issuer());
        return new Demo.World(
                agent,
                new PublicApi(
                        URI.create(endpoints.url(PartName.DECISION_SERVICE)),
                        URI.create(endpoints.url(PartName.AUDIT_LEDGER))),
                person -> PersonTokens.of(issuer, person),
                new DemoDatabase(
                        endpoints.demoJdbcUrl(),
                        endpoints.database().user(),
                        endpoints.database().password()),
                endpoints.inbox(),
                exports.isAbsolute()
                        ? exports
                        : options.checkout().resolve(exports).normalize());
    }

    private static ObstatClient agent(Endpoints endpoints) {
        ClientCredentials tokens = ClientCredentials.of(URI.create(endpoints.issuer()), Demo.AGENT.value(), "local")
                .with("scope", "on-behalf-of:" + Demo.FOR.subject());
        return HttpObstat.agent(Demo.AGENT.value())
                .onBehalfOf(Demo.FOR.subject())
                .intake(URI.create(endpoints.url(PartName.REQUEST_INTAKE)))
                .decisionService(URI.create(endpoints.url(PartName.DECISION_SERVICE)))
                .tokens(tokens)
                .connect();
    }
}
