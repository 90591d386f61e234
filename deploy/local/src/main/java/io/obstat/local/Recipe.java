package io.obstat.local;

import io.obstat.local.process.Daemon;
import io.obstat.local.process.Launch;
import java.util.List;

/** What is particular to a part: how it is prepared and started, and how one sees that it is ready. */
public interface Recipe {

    PartName name();

    /** The port at which it is reached. */
    int port();

    /** Every port that it listens on; all must be free before it starts. */
    default List<Integer> ports() {
        return List.of(port());
    }

    /** Where it is reached, for people to read. */
    String address();

    /** Renders what the process reads at its start, and says how to start it. May be called again for a restart. */
    Launch prepare();

    /** Whether the part does its work now. Answers within seconds. */
    boolean isReady();

    /** What is left to do when the process is ready and nobody uses it yet. May be called again. */
    default void complete() {}

    /** How it is asked to end. */
    default Daemon.Signal stopSignal() {
        return Daemon.Signal.TERM;
    }

    /** Whether a process that ended with these last lines just came too early, and should be started again. */
    default boolean cameTooEarly(List<String> lastLines) {
        return false;
    }
}
