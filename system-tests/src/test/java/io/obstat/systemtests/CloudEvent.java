package io.obstat.systemtests;

import java.time.Instant;
import java.util.Map;

/** A CloudEvent in Kafka's binary mode, as a writer without our codec writes it. */
final class CloudEvent {

    private CloudEvent() {}

    /** The headers of an event of now. */
    static Map<String, String> headers(String type, String source, String id) {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                id,
                "ce_source",
                source,
                "ce_type",
                type,
                "ce_time",
                Instant.now().toString(),
                "content-type",
                "application/json");
    }
}
