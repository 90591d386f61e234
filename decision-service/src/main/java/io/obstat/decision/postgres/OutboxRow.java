package io.obstat.decision.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.decision.Fact;
import io.obstat.decision.reactive.OutgoingFact;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A row of {@code decision.outbox}: a fact as it goes on the wire. */
@Entity
@Table(schema = "decision", name = "outbox")
class OutboxRow {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ordinal")
    @Nullable
    Long ordinal;

    @Column(name = "event_id")
    String eventId;

    @Column(name = "action_id")
    String actionId;

    @Column(name = "topic")
    String topic;

    @Column(name = "headers")
    String headers;

    @Column(name = "value")
    byte[] value;

    @Column(name = "lease_until")
    Instant leaseUntil;

    static OutboxRow of(Fact fact, @Nullable String traceparent, Instant now, Instant leaseUntil) {
        ProducerRecord<String, byte[]> wire = EventCodec.encode(
                new Envelope<>(fact.id(), ServiceName.DECISION_SERVICE, now, traceparent, fact.event()));
        var headers = new TreeMap<String, String>();
        wire.headers().forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        var row = new OutboxRow();
        row.eventId = fact.id().value();
        row.actionId = fact.actionId().value();
        row.topic = wire.topic();
        row.headers = new String(Json.write(headers), StandardCharsets.UTF_8);
        row.value = wire.value();
        row.leaseUntil = leaseUntil;
        return row;
    }

    /** Rows of one action as a JSON array, in their order. */
    static String json(List<OutboxRow> rows) {
        List<Map<String, Object>> array = IntStream.range(0, rows.size())
                .mapToObj(place -> rows.get(place).columns(place))
                .toList();
        return new String(Json.write(array), StandardCharsets.UTF_8);
    }

    private Map<String, Object> columns(int place) {
        return Map.of("place", place, "event_id", eventId, "topic", topic, "headers", headers, "value", value);
    }

    /** This, as it is stored under the ordinal. */
    OutboxRow stored(long ordinal) {
        this.ordinal = ordinal;
        return this;
    }

    /** @throws IllegalStateException when the row was never stored */
    OutgoingFact outgoing() {
        if (ordinal == null) {
            throw new IllegalStateException("A fact that is not in the outbox must not go out");
        }
        try {
            Map<String, String> read = Json.events().readValue(headers, HEADERS);
            return new OutgoingFact(ordinal, new ActionId(actionId), topic, read, value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("decision.outbox holds headers that are no JSON object of strings", e);
        }
    }
}
