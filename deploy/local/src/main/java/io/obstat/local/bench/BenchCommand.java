package io.obstat.local.bench;

import picocli.CommandLine.Command;

/** Measurements. */
@Command(
        name = "bench",
        description = "Measure, as a ratio against a baseline in the same run.",
        mixinStandardHelpOptions = true,
        subcommands = {LatencyCommand.class, ReviewCommand.class, ChatCommand.class},
        synopsisSubcommandLabel = "(latency | review | chat)",
        footer = {
            "",
            "Examples:",
            "  ./obstat bench latency --seconds 30",
            "  ./obstat bench review --pending 100000",
            "  ./obstat bench chat --clicks 300"
        })
public final class BenchCommand {}
