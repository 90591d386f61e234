package io.obstat.contracts.kafka;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.CloudEventUtils;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.Traceparent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Events to Kafka records and back: CloudEvents 1.0 in binary mode ({@code ce_*} headers, JSON value), the W3C {@code traceparent} in a header
 * of its own. Reading checks what a topic promises: the event's type is one of the topic's, its source is the topic's writer, and the record
 * key is the event's. Stateless and thread safe.
 */
public final class EventCodec {

    /** SPEC: W3C Trace Context §3.2. */
    public static final String TRACEPARENT = "traceparent";

    private static final String CONTENT_TYPE = "application/json";

    private EventCodec() {}

    /** The record for the one topic that carries this event. */
    public static ProducerRecord<String, byte[]> encode(Envelope<?> envelope) {
        CloudEvent cloudEvent = CloudEventBuilder.v1()
                .withId(envelope.id().value())
                .withSource(URI.create(envelope.source().urn()))
                .withType(envelope.type().wireName())
                .withTime(OffsetDateTime.ofInstant(envelope.time(), ZoneOffset.UTC))
                .withData(CONTENT_TYPE, Json.write(envelope.data()))
                .build();
        ProducerRecord<String, byte[]> record = KafkaMessageFactory.createWriter(
                        Topics.of(envelope.type()).name(), envelope.data().key())
                .writeBinary(cloudEvent);
        if (envelope.traceparent() != null) {
            record.headers().add(TRACEPARENT, envelope.traceparent().getBytes(StandardCharsets.US_ASCII));
        }
        return record;
    }

    /**
     * The event in a record of this topic.
     *
     * @throws MalformedEventException when it is none, naming what is wrong; the record is poison
     */
    public static Envelope<?> decode(Topic topic, @Nullable String key, Headers headers, byte @Nullable [] value)
            throws MalformedEventException {
        if (value == null) {
            throw new MalformedEventException(
                    "The record has no value; an event of %s is a JSON object".formatted(topic.name()));
        }
        CloudEvent cloudEvent = cloudEvent(headers, value);
        EventType type = EventType.named(cloudEvent.getType())
                .filter(topic.events()::contains)
                .orElseThrow(() -> new MalformedEventException("ce_type is %s, but %s carries %s"
                        .formatted(
                                Quoted.of(cloudEvent.getType()),
                                topic.name(),
                                topic.events().stream().map(EventType::wireName).toList())));
        Envelope<?> envelope = envelope(topic, cloudEvent, type, header(headers, TRACEPARENT));
        // INVARIANT: an action's events share a key, so that they keep their order. Pipelines may key an intent as they
        // like.
        if (topic.writer() != ServiceName.PIPELINE && !envelope.data().key().equals(key)) {
            throw new MalformedEventException("The record key is %s, but the event's is %s"
                    .formatted(Quoted.of(key), Quoted.of(envelope.data().key())));
        }
        return envelope;
    }

    private static Envelope<?> envelope(
            Topic topic, CloudEvent cloudEvent, EventType type, @Nullable String traceparent)
            throws MalformedEventException {
        try {
            OffsetDateTime time = cloudEvent.getTime();
            if (time == null) {
                throw new MalformedEventException("ce_time is missing; write the time of the event in RFC 3339");
            }
            Event data = Json.readEvent(
                    cloudEvent.getData() == null
                            ? new byte[0]
                            : cloudEvent.getData().toBytes(),
                    type.record());
            return new Envelope<>(
                    new EventId(cloudEvent.getId()), source(topic, cloudEvent), time.toInstant(), traceparent, data);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("Not a %s: %s".formatted(type.wireName(), e.getMessage()), e);
        }
    }

    private static ServiceName source(Topic topic, CloudEvent cloudEvent) throws MalformedEventException {
        String source = cloudEvent.getSource().toString();
        // Whatever a pipeline calls itself, it is a pipeline: the JWS in the intent says who.
        if (topic.writer() != ServiceName.PIPELINE
                && !source.equals(topic.writer().urn())) {
            throw new MalformedEventException("ce_source is %s, but only %s writes %s"
                    .formatted(Quoted.of(source), topic.writer().urn(), topic.name()));
        }
        return topic.writer();
    }

    private static CloudEvent cloudEvent(Headers headers, byte[] value) throws MalformedEventException {
        try {
            MessageReader reader = KafkaMessageFactory.createReader(headers, value);
            if (reader.getEncoding() != Encoding.BINARY) {
                throw new MalformedEventException("The record is a CloudEvent in %s mode; write it in binary mode"
                        .formatted(reader.getEncoding()));
            }
            return CloudEventUtils.toEvent(reader);
        } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
            throw new MalformedEventException(
                    "The record is no CloudEvent in binary mode (it needs ce_specversion, ce_id, ce_source, ce_type, ce_time): "
                            + e.getMessage(),
                    e);
        }
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? null
                : Traceparent.orNull(new String(header.value(), StandardCharsets.US_ASCII));
    }
}
