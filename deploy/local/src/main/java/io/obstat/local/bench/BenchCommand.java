package io.obstat.local.bench;

import picocli.CommandLine.Command;

/** Measurements. */
@Command(
        name = "bench",
        description = "Measure, as a ratio against a baseline in the same run.",
        mixinStandardHelpOptions = true,
        subcommands = LatencyCommand.class,
        synopsisSubcommandLabel = "latency",
        footer = {"", "Example:", "  ./obstat bench latency --seconds 30"})
public final class BenchCommand {}
