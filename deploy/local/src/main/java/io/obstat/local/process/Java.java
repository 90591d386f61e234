package io.obstat.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for Java programs that should be there soon and take little. */
public final class Java {

    private Java() {}

    /**
     * The start of a command line: the virtual machine that runs this program, with one garbage collector thread and the quick compiler.
     *
     * @param heapMegabytes the most that its heap may grow to
     * @param archive where it keeps what it learned of its classes, for a quicker next start; made at its first ordinary end
     */
    public static List<String> command(int heapMegabytes, Path archive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xshare:auto");
        command.add("-XX:SharedArchiveFile=" + archive);
        command.add("-XX:+AutoCreateSharedArchive");
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        // Half from the start: to grow to it step by step takes a collection each.
        command.add("-Xms" + heapMegabytes / 2 + "m");
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dstderr.encoding=UTF-8");
        return command;
    }
}
