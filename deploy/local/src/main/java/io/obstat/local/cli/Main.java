package io.obstat.local.cli;

import io.obstat.local.bench.BenchCommand;
import io.obstat.local.demo.DemoCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./obstat}. */
@Command(
        name = "./obstat",
        description = "Action-level approvals for AI agents, on this machine.",
        mixinStandardHelpOptions = true,
        version = "obstat 0.1.0-SNAPSHOT",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DownCommand.class,
            BenchCommand.class
        },
        footerHeading = "%nCommands of the build:%n",
        footer = {
            "  test     Build everything and run all tests, with the quality gate.",
            "  build    Build what 'up' needs.",
            "  chaos    Kill and restart every part in turn while actions flow, for longer than 'test' does.",
            "",
            "Example:",
            "  ./obstat up && ./obstat demo --yes-as reviewer",
            "",
            "Exit codes: 0 done, 1 it went wrong (the message says what), 2 the command line is wrong."
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(line.getColorScheme().errorText("✗ " + message(failure)));
                    if (Boolean.getBoolean("obstat.trace")) {
                        failure.printStackTrace(line.getErr());
                    }
                    return 1;
                })
                .setUsageHelpAutoWidth(true);
        if (args.length == 0) {
            commandLine.usage(commandLine.getOut());
            System.exit(2);
        }
        System.exit(commandLine.execute(args));
    }

    private static String message(Exception failure) {
        return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    }
}
