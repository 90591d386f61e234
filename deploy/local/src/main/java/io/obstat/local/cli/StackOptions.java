package io.obstat.local.cli;

import io.obstat.local.Home;
import io.obstat.local.Infrastructure;
import io.obstat.local.LocalStack;
import io.obstat.local.Ports;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Obstat a command is about. */
public final class StackOptions {

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where data, logs and keys are (default: .obstat in the checkout, or $OBSTAT_HOME).")
    private @Nullable Path home;

    /** The root of the checkout; the launcher script says where it is. */
    public Path checkout() {
        return Path.of(System.getProperty("obstat.checkout", "."));
    }

    public Home home() {
        String fromEnvironment = System.getenv("OBSTAT_HOME");
        if (home != null) {
            return new Home(home);
        }
        return new Home(
                fromEnvironment == null || fromEnvironment.isBlank()
                        ? checkout().resolve(".obstat")
                        : Path.of(fromEnvironment));
    }

    public LocalStack stack() {
        Ports ports = Ports.standard();
        return LocalStack.of(checkout(), home(), ports, Infrastructure.own(ports));
    }

    /** The stack, when all of it runs. @throws IllegalStateException saying what does not, and what to do */
    public LocalStack runningStack() {
        LocalStack stack = stack();
        String away = String.join(
                ", ",
                stack.parts().stream()
                        .filter(part -> part.process().isEmpty())
                        .map(io.obstat.local.Part::name)
                        .toList());
        if (!away.isEmpty()) {
            throw new IllegalStateException("Obstat is not running (%s). Start it with ./obstat up".formatted(away));
        }
        return stack;
    }
}
