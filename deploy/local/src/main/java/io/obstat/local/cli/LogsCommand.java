package io.obstat.local.cli;

import io.obstat.local.LocalStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a part has logged. */
@Command(
        name = "logs",
        description = "Show what a part has logged.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./obstat logs decision-service -f"})
final class LogsCommand implements Callable<Integer> {

    private static final int POLL_MILLIS = 300;

    @Mixin
    private StackOptions options = new StackOptions();

    @Parameters(paramLabel = "PART", description = "Such as decision-service, broker or postgres.")
    private String part = "";

    @Option(
            names = "-n",
            paramLabel = "LINES",
            defaultValue = "100",
            description = "How many of the last lines (default: 100).")
    private int lines;

    @Option(names = "-f", description = "Go on with what is logged from now on, until Ctrl-C.")
    private boolean follow;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        LocalStack stack = options.stack();
        Path log = stack.part(part).log().path();
        if (!Files.exists(log)) {
            throw new IllegalStateException(
                    "%s has not logged anything yet; start it with ./obstat up".formatted(part));
        }
        byte[] bytes = Files.readAllBytes(log);
        List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out::println);
        out.flush();
        long position = bytes.length;
        while (follow) {
            try (var file = new RandomAccessFile(log.toFile(), "r")) {
                file.seek(Math.min(position, file.length()));
                byte[] more = new byte[(int) (file.length() - file.getFilePointer())];
                file.readFully(more);
                position = file.getFilePointer();
                out.print(new String(more, StandardCharsets.UTF_8));
                out.flush();
            }
            Thread.sleep(POLL_MILLIS);
        }
        return 0;
    }
}
