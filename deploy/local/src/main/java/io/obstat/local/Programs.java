package io.obstat.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the Java parts. */
final class Programs {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    // Started often and run briefly: the quick compiler and the small collector make the start shorter.
    private static final List<String> QUICK_START =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Dfile.encoding=UTF-8");

    private Programs() {}

    /** A main class on this program's own class path. */
    static List<String> main(String mainClass, int megabytes, List<String> arguments) {
        var command = java(megabytes);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** A packaged service. */
    static List<String> jar(Path jar, int megabytes) {
        var command = java(megabytes);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> java(int megabytes) {
        var command = new ArrayList<>(List.of(JAVA.toString(), "-Xmx" + megabytes + "m"));
        command.addAll(QUICK_START);
        return command;
    }
}
