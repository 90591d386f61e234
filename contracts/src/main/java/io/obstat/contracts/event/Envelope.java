package io.obstat.contracts.event;

import io.obstat.contracts.EventId;
import io.obstat.contracts.Required;
import io.obstat.contracts.ServiceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with its CloudEvents attributes.
 *
 * @param id the CloudEvents {@code id}; derived from the cause, see {@link #caused}
 * @param source the service that wrote it; on the wire {@code urn:obstat:<service>}
 * @param time when it happened, by the writer's clock
 * @param traceparent W3C trace context, handed on from the cause; absent when nobody began a trace
 * @param data the fact
 */
public record Envelope<E extends Event>(
        EventId id,
        ServiceName source,
        Instant time,
        @Nullable String traceparent,
        E data) {

    public Envelope {
        Required.present("id", id);
        Required.present("source", source);
        Required.present("time", time);
        Required.optionalText("traceparent", traceparent, 128);
        Required.present("data", data);
    }

    /** The event that {@code cause} brings about: its id is derived from the cause's, its trace context is handed on. */
    public static <E extends Event> Envelope<E> caused(Envelope<?> cause, ServiceName source, Instant time, E data) {
        EventId id = EventId.derive(EventType.of(data).wireName(), cause.id().value());
        return new Envelope<>(id, source, time, cause.traceparent(), data);
    }

    public EventType type() {
        return EventType.of(data);
    }
}
