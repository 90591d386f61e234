package io.obstat.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param command the program and its arguments
 * @param environment variables beyond those that it inherits
 * @param directory where it runs
 */
public record Launch(List<String> command, Map<String, String> environment, Path directory) {

    public Launch {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("A command needs a program");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
