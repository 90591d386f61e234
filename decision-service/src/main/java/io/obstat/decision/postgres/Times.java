package io.obstat.decision.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Times in the rows of a native query, which come as the driver has them. */
final class Times {

    private Times() {}

    static Instant of(@Nullable Object column) {
        return ((OffsetDateTime) Objects.requireNonNull(column, "A time that is stored is there")).toInstant();
    }
}
