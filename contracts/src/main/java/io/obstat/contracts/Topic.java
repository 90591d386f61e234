package io.obstat.contracts;

import io.obstat.contracts.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Kafka topic: everything that the launcher, the manifests, the ACLs and the AsyncAPI document need to know of it.
 *
 * @param name on the broker
 * @param description in a sentence
 * @param key what the record key is
 * @param writer the one service that writes it
 * @param readers the services that read it
 * @param events what can be in it; empty for the ledger's own records, which are no events
 * @param partitions the same number for all topics that carry actions, so that an action lies in the same partition of each
 * @param cleanup how Kafka may forget
 */
public record Topic(
        String name,
        String description,
        String key,
        ServiceName writer,
        Set<ServiceName> readers,
        List<EventType> events,
        int partitions,
        Cleanup cleanup) {

    /** How Kafka may forget records. */
    public sealed interface Cleanup {
        /** Never. */
        record Never() implements Cleanup {}

        /** After this time. */
        record After(Duration retention) implements Cleanup {}

        /** All but the newest of each key. */
        record Compacted() implements Cleanup {}
    }

    /** The topic's configuration on the broker. */
    public Map<String, String> config() {
        return switch (cleanup) {
            case Cleanup.Never() -> Map.of("cleanup.policy", "delete", "retention.ms", "-1");
            case Cleanup.After(Duration retention) ->
                Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(retention.toMillis()));
            case Cleanup.Compacted() -> Map.of("cleanup.policy", "compact");
        };
    }

    /** Where records go that a reader cannot read: as they came, with the reason in their headers. Empty for a dead letter topic itself. */
    public Optional<Topic> deadLetters() {
        return name.endsWith(".dlq")
                ? Optional.empty()
                : Optional.of(new Topic(
                        name + ".dlq",
                        "Records of %s that a reader could not read, as they came, the reason in their headers."
                                .formatted(name),
                        "as it came",
                        writer,
                        Set.of(),
                        List.of(),
                        1,
                        new Cleanup.After(Duration.ofDays(365))));
    }
}
