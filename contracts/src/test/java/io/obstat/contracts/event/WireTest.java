package io.obstat.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Samples;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.contracts.reference.Approved;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in Kafka stays readable. Each file under {@code wire/} is a record as some released version wrote it: never edit one, add a file (and
 * an event version) instead.
 */
class WireTest {

    private static final Path WIRE = Path.of("src/test/resources/wire");

    static Stream<String> names() {
        return Samples.events().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldWriteTheApprovedForm(String name) {
        // Given
        ProducerRecord<String, byte[]> record = EventCodec.encode(event(name));

        // When
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("topic", record.topic()).put("key", record.key());
        ObjectNode headers = written.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        written.set("value", Json.readStrict(record.value(), JsonNode.class));

        // Then
        Approved.json(WIRE.resolve(name + ".json")).holds(written);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadTheApprovedForm(String name) throws MalformedEventException {
        // Given
        JsonNode approved = approved(name);

        // When
        Envelope<?> read = read(name, approved);

        // Then
        assertThat(read).isEqualTo(event(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadTheFormOfANewerVersionWithMoreFields(String name) throws MalformedEventException {
        // Given a field that this version does not know, in every object but the agent's own parameters
        JsonNode newer = approved(name);
        addFields(newer.get("value"));

        // When
        Envelope<?> read = read(name, newer);

        // Then
        assertThat(read).isEqualTo(event(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldRefuseUnknownFieldsWhereInputComesFromOutside(String name) {
        // Given
        ObjectNode value = (ObjectNode) approved(name).get("value");
        value.put("fieldOfTomorrow", 1);

        // When / Then
        assertThatThrownBy(() ->
                        Json.readStrict(Json.write(value), event(name).type().record()))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("fieldOfTomorrow is not a known field; remove it");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldKeepTheDigestOfWhatWasStored(String name) throws MalformedEventException {
        // Given an event that was read, written and read again, as a service with a table of its own does
        Event once = read(name, approved(name)).data();

        // When
        Event again = Json.readEvent(Json.write(once), event(name).type().record());

        // Then
        assertThat(CanonicalJson.bytes(Json.tree(again)))
                .isEqualTo(CanonicalJson.bytes(approved(name).get("value")));
    }

    @Test
    void shouldHaveAnApprovedFormOfEveryEventTypeAndNoOther() {
        // Given
        Set<String> names = Samples.events().keySet();

        // When / Then
        assertThat(Stream.of(Objects.requireNonNull(WIRE.toFile().list())).map(file -> file.replace(".json", "")))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(names)
                .contains(Stream.of(EventType.values()).map(EventType::wireName).toArray(String[]::new));
    }

    private static void addFields(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (!field.getKey().equals("parameters")) {
                    addFields(field.getValue());
                }
            });
            object.putObject("fieldOfTomorrow").put("x", 1);
        } else if (node instanceof ArrayNode array) {
            array.forEach(WireTest::addFields);
        }
    }

    private static Envelope<?> read(String name, JsonNode approved) throws MalformedEventException {
        var headers = new RecordHeaders();
        approved.get("headers")
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return EventCodec.decode(
                Topics.of(event(name).type()),
                approved.get("key").asText(),
                headers,
                Json.write(approved.get("value")));
    }

    private static JsonNode approved(String name) {
        return Approved.json(WIRE.resolve(name + ".json")).read();
    }

    private static Envelope<?> event(String name) {
        return Objects.requireNonNull(Samples.events().get(name), name);
    }
}
