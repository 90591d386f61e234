package io.obstat.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for Java programs that should be there soon and share a machine. */
public final class Java {

    private Java() {}

    /**
     * The start of a command line: the virtual machine that runs this program, with one garbage collector thread.
     *
     * @param heapMegabytes the most that its heap may grow to
     * @param flags of this start; see {@code VirtualMachines}
     */
    public static List<String> command(int heapMegabytes, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(flags);
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
