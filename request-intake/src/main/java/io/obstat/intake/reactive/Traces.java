package io.obstat.intake.reactive;

import io.obstat.contracts.Traceparent;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The trace context of a request: the caller's, or a new one, so that every event of an action can be told to belong together. */
public final class Traces {

    private Traces() {}

    /** The caller's {@code traceparent} when it is one, a new one otherwise. A malformed one is no reason to refuse anything. */
    public static String handedOn(@Nullable String traceparent) {
        String given = Traceparent.orNull(traceparent);
        return given == null ? begun() : given;
    }

    private static String begun() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-%s%s-%s-01"
                .formatted(
                        hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)),
                        hex.toHexDigits(random.nextLong()),
                        hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)));
    }
}
