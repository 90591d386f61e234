package io.obstat.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Samples;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final Envelope<?> GOOD = Samples.envelope(Samples.requested());

    static Stream<Envelope<?>> events() {
        return Samples.events().values().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldReadWhatItWrote(Envelope<?> event) throws MalformedEventException {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);

        // When
        Envelope<?> read = EventCodec.decode(Topics.of(event.type()), record.key(), record.headers(), record.value());

        // Then
        assertThat(read).isEqualTo(event);
        assertThat(record.topic()).isEqualTo(Topics.of(event.type()).name());
    }

    @Test
    void shouldHaveASampleOfEveryEventType() {
        // Given / When / Then
        assertThat(events().map(Envelope::type)).contains(EventType.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"})
    void shouldRefuseAMissingAttribute(String header) {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);
        record.headers().remove(header);

        // When / Then
        assertThatThrownBy(() -> decode(Topics.ACTIONS, record))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce_specversion | 2.0            | CloudEvent",
                "ce_specversion | ''             | CloudEvent",
                "ce_id          | ''             | EventId must match",
                "ce_id          | a b            | EventId must match",
                "ce_source      | urn:obstat:notifier | ce_source is \"urn:obstat:notifier\", but only urn:obstat:request-intake writes obstat.actions",
                "ce_source      | not a uri      | CloudEvent",
                "ce_type        | io.obstat.decision.v1 | ce_type is \"io.obstat.decision.v1\", but obstat.actions carries [io.obstat.action.requested.v1",
                "ce_type        | io.obstat.action.requested.v2 | ce_type is \"io.obstat.action.requested.v2\", but obstat.actions carries",
                "ce_type        | ''             | ce_type is \"\"",
                "ce_time        | yesterday      | CloudEvent",
                "ce_UPPER!      | x              | CloudEvent",
                "content-type   | application/cloudevents+json | binary mode"
            })
    void shouldRefuseAWrongAttribute(String header, String value, String message) {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);
        record.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));

        // When / Then
        assertThatThrownBy(() -> decode(Topics.ACTIONS, record))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseAnEventInTheWrongTopic() {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);

        // When / Then
        for (Topic topic : Topics.all()) {
            if (!topic.equals(Topics.ACTIONS)) {
                assertThatThrownBy(() -> decode(topic, record))
                        .as(topic.name())
                        .isInstanceOf(MalformedEventException.class)
                        .hasMessageContaining("but %s carries".formatted(topic.name()));
            }
        }
    }

    @Test
    void shouldRefuseARecordUnderAnotherKey() {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);
        String other = ActionId.derive(new AgentId("etl-agent"), "another").value();

        // When / Then
        for (@Nullable String key : new @Nullable String[] {other, "", null}) {
            assertThatThrownBy(() -> EventCodec.decode(Topics.ACTIONS, key, record.headers(), record.value()))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessageContaining("The record key is")
                    .hasMessageContaining(GOOD.data().key());
        }
    }

    @Test
    void shouldTakeAnIntentUnderAnyKeyAndFromAnyPipeline() throws MalformedEventException {
        // Given
        ProducerRecord<String, byte[]> record =
                EventCodec.encode(Samples.envelope(new ActionIntent("eyJhbGciOiJFZERTQSJ9.e30.c2ln")));
        record.headers()
                .remove("ce_source")
                .add("ce_source", "https://ci.example.com/jobs/7".getBytes(StandardCharsets.UTF_8));

        // When
        Envelope<?> read = EventCodec.decode(Topics.INTENTS, null, record.headers(), record.value());

        // Then
        assertThat(read.source()).isEqualTo(ServiceName.PIPELINE);
    }

    @Test
    void shouldRefuseARecordWithoutValueOrHeaders() {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);

        // When / Then
        assertThatThrownBy(() -> EventCodec.decode(Topics.ACTIONS, record.key(), record.headers(), null))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("has no value");
        assertThatThrownBy(() -> EventCodec.decode(Topics.ACTIONS, record.key(), record.headers(), new byte[0]))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> EventCodec.decode(Topics.ACTIONS, record.key(), new RecordHeaders(), record.value()))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("ce_specversion");
    }

    @Test
    void shouldNameTheFieldOfABadValue() {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);
        byte[] value = new String(record.value(), StandardCharsets.UTF_8)
                .replace("\"environment\":\"production\"", "\"environment\":5")
                .getBytes(StandardCharsets.UTF_8);

        // When / Then
        assertThatThrownBy(() -> EventCodec.decode(Topics.ACTIONS, record.key(), record.headers(), value))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("Not a io.obstat.action.requested.v1: action.environment must be a string, got \"5\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "00-1-2-3\n"})
    void shouldLeaveOutATraceThatIsNone(String traceparent) throws MalformedEventException {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);
        record.headers()
                .remove(EventCodec.TRACEPARENT)
                .add(EventCodec.TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));

        // When / Then
        assertThat(decode(Topics.ACTIONS, record).traceparent()).isNull();
    }

    @Test
    void shouldPassOverExtensionsItDoesNotKnow() throws MalformedEventException {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(GOOD);
        record.headers().add("ce_tenant", "a".getBytes(StandardCharsets.UTF_8)).add("x", new byte[] {1});

        // When / Then
        assertThat(decode(Topics.ACTIONS, record)).isEqualTo(GOOD);
    }

    @Property(tries = 1000)
    void shouldRefuseGarbageAsMalformedAndNothingElse(
            @ForAll byte[] value, @ForAll List<String> names, @ForAll Random random) {
        // Given
        var headers = new RecordHeaders();
        names.forEach(name -> headers.add(random.nextBoolean() ? name : "ce_" + name, bytes(random)));

        // When / Then
        for (Topic topic : Topics.all()) {
            decodeOrRefuse(topic, "key", headers, value);
        }
    }

    @Property(tries = 1000)
    void shouldRefuseBrokenRecordsAsMalformedAndNothingElse(@ForAll Random random) {
        // Given a good record of which a header, the value or the key is broken
        var samples = new ArrayList<>(Samples.events().values());
        Envelope<?> event = samples.get(random.nextInt(samples.size()));
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            switch (random.nextInt(8)) {
                case 0 -> headers.add(new RecordHeader(header.key(), bytes(random)));
                case 1 -> headers.add(new RecordHeader(header.key() + (char) random.nextInt(300), header.value()));
                case 2 -> headers.add(header).add(header);
                case 3 -> {}
                default -> headers.add(header);
            }
        }
        byte[] value = record.value().clone();
        value[random.nextInt(value.length)] = (byte) random.nextInt();

        // When / Then
        decodeOrRefuse(Topics.of(event.type()), random.nextInt(9) == 0 ? null : record.key(), headers, value);
    }

    private static void decodeOrRefuse(Topic topic, @Nullable String key, Headers headers, byte[] value) {
        try {
            assertThat(EventCodec.decode(topic, key, headers, value)).isNotNull();
        } catch (MalformedEventException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static byte @Nullable [] bytes(Random random) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Envelope<?> decode(Topic topic, ProducerRecord<String, byte[]> record)
            throws MalformedEventException {
        return EventCodec.decode(topic, record.key(), record.headers(), record.value());
    }
}
