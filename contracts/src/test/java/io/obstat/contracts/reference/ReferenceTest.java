package io.obstat.contracts.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.obstat.contracts.Samples;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published reference says what the code says. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/reference");
    private static final Path SCHEMAS = REFERENCE.resolve("schemas");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Event> events() {
        return Samples.events().values().stream().map(envelope -> envelope.data());
    }

    @ParameterizedTest
    @EnumSource
    void shouldPublishTheSchemaOfEveryEvent(EventType type) {
        // Given / When / Then
        Approved.json(SCHEMAS.resolve(type.wireName() + ".json")).holds(Schemas.of(type));
    }

    @Test
    void shouldPublishNoOtherSchema() {
        // Given / When / Then
        assertThat(Stream.of(Objects.requireNonNull(SCHEMAS.toFile().list())))
                .containsExactlyInAnyOrderElementsOf(Stream.of(EventType.values())
                        .map(type -> type.wireName() + ".json")
                        .toList());
    }

    @Test
    void shouldPublishTheAsyncApiDocument() {
        // Given / When / Then
        Approved.text(REFERENCE.resolve("asyncapi.yaml")).holds(AsyncApi.yaml());
    }

    @Test
    void shouldPublishTheTables() {
        // Given / When / Then
        Approved.text(REFERENCE.resolve("events.md")).holds(EventTables.markdown());
    }

    @Test
    void shouldResolveEveryReferenceOfTheAsyncApiDocument() {
        // Given
        JsonNode document = AsyncApi.document();

        // When / Then
        for (JsonNode reference : document.findValues("$ref")) {
            String target = reference.asText();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(REFERENCE.resolve(target)).as(target).exists();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldHoldForEveryEventThatIsWritten(Event event) {
        // Given
        Schema schema = published(EventType.of(event));

        // When
        List<Error> errors = validate(schema, Json.tree(event));

        // Then
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldNotHoldForAnEventThatLacksAFieldOrHasOneOfAnotherType(Event event) {
        // Given
        Schema schema = published(EventType.of(event));
        ObjectNode good = (ObjectNode) Json.tree(event);
        List<String> required = new ArrayList<>();
        Schemas.of(EventType.of(event)).withArray("required").forEach(name -> required.add(name.asText()));

        // When / Then
        assertThat(required).isNotEmpty();
        for (String field : required) {
            assertThat(validate(schema, good.deepCopy().without(field)))
                    .as(field)
                    .isNotEmpty();
            // No field that is required is a list.
            ObjectNode other = good.deepCopy();
            other.putArray(field);
            assertThat(validate(schema, other)).as(field).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDescribeEveryEvent(EventType type) {
        // Given / When / Then
        assertThat(Schemas.of(type).path("description").asText()).isNotBlank().doesNotContain("{@", "*/");
    }

    private static Schema published(EventType type) {
        try {
            return REGISTRY.getSchema(Files.readString(SCHEMAS.resolve(type.wireName() + ".json")), InputFormat.JSON);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Error> validate(Schema schema, JsonNode value) {
        return schema.validate(
                new String(Json.write(value), StandardCharsets.UTF_8),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
