package io.obstat.decision.postgres;

import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several values in one column, a line each: no value that is stored has a line break. */
final class Lines {

    private Lines() {}

    static Stream<String> of(@Nullable Object column) {
        return column == null ? Stream.empty() : Stream.of(((String) column).split("\n", -1));
    }

    /** @param line the channel, a blank and the value */
    static Identity identity(String line) {
        int blank = line.indexOf(' ');
        return new Identity(Channel.valueOf(line.substring(0, blank)), line.substring(blank + 1));
    }
}
