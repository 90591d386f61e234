package io.obstat.policy.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.json.Json;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A verdict in the store: the event whole, so that giving it again gives the same event. */
final class FirstVerdictSerde implements Serde<Envelope<Verdict>> {

    private record Stored(
            EventId id, String type, Instant time, @Nullable String traceparent, JsonNode data) {}

    @Override
    public Serializer<Envelope<Verdict>> serializer() {
        return (topic, verdict) -> write(verdict);
    }

    @Override
    public Deserializer<Envelope<Verdict>> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte @Nullable [] write(@Nullable Envelope<Verdict> verdict) {
        return verdict == null
                ? null
                : Json.write(new Stored(
                        verdict.id(),
                        verdict.type().wireName(),
                        verdict.time(),
                        verdict.traceparent(),
                        Json.tree(verdict.data())));
    }

    private static @Nullable Envelope<Verdict> read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        Stored stored = Json.readEvent(bytes, Stored.class);
        EventType type = EventType.named(stored.type())
                .orElseThrow(() ->
                        new SerializationException("The store holds an event of the unknown type " + stored.type()));
        if (!(Json.readEvent(Json.write(stored.data()), type.record()) instanceof Verdict verdict)) {
            throw new SerializationException("The store holds a " + type.wireName() + ", which is no verdict");
        }
        return new Envelope<>(stored.id(), ServiceName.POLICY_ENGINE, stored.time(), stored.traceparent(), verdict);
    }
}
