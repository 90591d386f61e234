package io.obstat.local.bench;

import picocli.CommandLine.Command;

/** Measurements. */
@Command(
        name = "bench",
        description = "Measure, as a ratio against a baseline in the same run.",
        mixinStandardHelpOptions = true,
        subcommands = {LatencyCommand.class, ReviewCommand.class},
        synopsisSubcommandLabel = "(latency | review)",
        footer = {"", "Examples:", "  ./obstat bench latency --seconds 30", "  ./obstat bench review --pending 100000"})
public final class BenchCommand {}
