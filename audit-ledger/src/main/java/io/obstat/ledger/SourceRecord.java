package io.obstat.ledger;

import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * Where a leaf comes from.
 *
 * @param topic on the broker
 * @param partition at least 0
 * @param offset at least 0
 * @param timestamp the record's, as its producer or the broker set it; millisecond precision
 */
public record SourceRecord(String topic, int partition, long offset, Instant timestamp) {
    public SourceRecord {
        Required.text("topic", topic, 249);
        Required.present("timestamp", timestamp);
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "A record has a partition and an offset of at least 0, got %d and %d".formatted(partition, offset));
        }
    }
}
