package io.obstat.decision.postgres;

import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What native queries return. */
final class Columns {

    private Columns() {}

    /** A {@code timestamptz}, which comes as an {@link OffsetDateTime}. */
    static @Nullable Instant instant(Tuple row, int column) {
        OffsetDateTime time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
