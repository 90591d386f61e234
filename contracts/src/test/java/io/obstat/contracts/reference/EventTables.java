package io.obstat.contracts.reference;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topic.Cleanup;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.EventType;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** {@code docs/reference/events.md}: the topics and events as tables for people. */
final class EventTables {

    private EventTables() {}

    static String markdown() {
        var page = new StringBuilder("""
                <!-- Generated from io.obstat.contracts; do not edit. Rewrite: ./mvnw -f contracts/pom.xml test -Dobstat.update=true -->
                # Topics and events

                Every event is a CloudEvents 1.0 record in Kafka binary mode: its attributes are `ce_` headers, its data is the JSON value. For
                machines: [asyncapi.yaml](asyncapi.yaml) and one [JSON Schema](schemas) an event.

                ## Topics

                One service writes each topic. Records that a reader cannot read go to `<topic>.dlq`, as they came, the reason in their headers.

                | topic | what | key | written by | read by | partitions | kept |
                |---|---|---|---|---|---|---|
                """);
        for (Topic topic : Topics.all()) {
            if (topic.deadLetters().isPresent()) {
                page.append("| `%s` | %s | %s | %s | %s | %d | %s |%n"
                        .formatted(
                                topic.name(),
                                topic.description(),
                                topic.key(),
                                topic.writer(),
                                names(topic.readers()),
                                topic.partitions(),
                                kept(topic.cleanup())));
            }
        }
        page.append("\n## Events\n\n| event | type | topic | what |\n|---|---|---|---|\n");
        for (EventType type : EventType.values()) {
            page.append("| %s | [`%s`](schemas/%s.json) | `%s` | %s |%n"
                    .formatted(
                            type.record().getSimpleName(),
                            type.wireName(),
                            type.wireName(),
                            Topics.of(type).name(),
                            Javadoc.of(type.record()).text().orElseThrow()));
        }
        return page.toString();
    }

    private static String names(Collection<ServiceName> services) {
        return services.stream().sorted().map(ServiceName::value).collect(Collectors.joining(", "));
    }

    private static String kept(Cleanup cleanup) {
        return switch (cleanup) {
            case Cleanup.Never() -> "for ever";
            case Cleanup.After(Duration retention) -> "%d days".formatted(retention.toDays());
            case Cleanup.Compacted() -> "the newest of each key";
        };
    }
}
