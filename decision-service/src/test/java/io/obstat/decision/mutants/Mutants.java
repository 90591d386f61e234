package io.obstat.decision.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Puts each fault into a copy, compiles that one file, lets a {@link Trial} run in a process of its own, and prints a table of what found
 * it. Started by {@code src/test/mutants/run}, with the root of the checkout, the number of histories, and names of mutants or none.
 */
final class Mutants {

    private static final long PATIENCE_SECONDS = 600;

    private final Path root;
    private final String histories;

    private Mutants(Path root, String histories) {
        this.root = root;
        this.histories = histories;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var mutants = new Mutants(Path.of(args[0]), args[1]);
        List<String> wanted = List.of(args).subList(2, args.length);
        System.out.println("| mutant | what is wrong | found by |\n|---|---|---|");
        int survivors = 0;
        for (Mutant mutant : Mutant.in(mutants.root.resolve("decision-service/src/test/mutants"))) {
            if (wanted.isEmpty() || wanted.contains(mutant.name())) {
                String found = mutants.trial(mutant);
                survivors += found.startsWith("SURVIVED") ? 1 : 0;
                System.out.printf("| %s | %s | %s |%n", mutant.name(), mutant.description(), found);
            }
        }
        System.out.printf("%nSurvivors: %d%n", survivors);
    }

    private String trial(Mutant mutant) throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory("mutant-");
        try {
            Path source = copy.resolve("src").resolve(mutant.file().getFileName());
            Files.createDirectories(source.getParent());
            Files.writeString(source, mutant.apply(Files.readString(root.resolve(mutant.file()))));
            String complaint = compile(source, copy.resolve("classes"));
            return complaint.isEmpty() ? run(copy.resolve("classes")) : "does not compile: " + complaint;
        } finally {
            delete(copy);
        }
    }

    private static String compile(Path source, Path classes) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var complaint = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-parameters",
                    "-proc:none",
                    "-nowarn",
                    "--release",
                    "21",
                    "-cp",
                    classPath());
            boolean compiled = compiler.getTask(complaint, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            return compiled ? "" : complaint.toString().replace('\n', ' ');
        }
    }

    private String run(Path classes) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.addAll(List.of("-cp", classes + File.pathSeparator + classPath(), Trial.class.getName(), histories));
        File said = classes.resolve("said").toFile();
        Process trial = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        if (!trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            trial.destroyForcibly();
            return "does not come to an end";
        }
        List<String> lines = Files.readAllLines(said.toPath());
        return lines.isEmpty() ? "said nothing" : lines.getLast();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
