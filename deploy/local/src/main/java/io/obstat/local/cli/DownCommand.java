package io.obstat.local.cli;

import io.obstat.local.Part;
import io.obstat.local.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything. */
@Command(
        name = "down",
        description = "Stop everything. Data stays for the next 'up'.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat down"})
final class DownCommand implements Callable<Integer> {

    @Mixin
    private StackOptions options = new StackOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        var stopped = new AtomicInteger();
        for (Part part : options.stack().parts()) {
            stopped.addAndGet(part.isRunning() ? 1 : 0);
        }
        options.stack().stop(new Progress() {
            @Override
            public void starting(Part part) {}

            @Override
            public void ready(Part part, Duration took) {}

            @Override
            public void alreadyUp(Part part) {}

            @Override
            public synchronized void stopped(Part part, Duration took) {
                out.printf("%s %-18s stopped%n", Style.tick(), part.name());
                out.flush();
            }
        });
        out.println(
                stopped.get() == 0
                        ? "Nothing was running."
                        : "Stopped. Data is kept in %s; './obstat up --fresh' starts empty."
                                .formatted(options.directories().home()));
        return 0;
    }
}
