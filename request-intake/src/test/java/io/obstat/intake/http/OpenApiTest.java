package io.obstat.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.json.Json;
import io.obstat.intake.json.RequestReader;
import io.obstat.intake.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the document at {@code /q/openapi}, which is written by hand, against what the code does. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OpenApiTest {

    private final Tokens tokens = new Tokens();

    @Test
    void shouldDocumentEveryCallAndNoOther() throws IOException {
        // Given
        JsonNode document = document();
        Set<String> calls = new TreeSet<>();
        for (Method method : ActionsResource.class.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String at = "/v1/actions" + (path == null ? "" : path.value());
            if (method.isAnnotationPresent(POST.class)) {
                calls.add("post " + at);
            } else if (method.isAnnotationPresent(GET.class)) {
                calls.add("get " + at);
            } else if (method.isAnnotationPresent(DELETE.class)) {
                calls.add("delete " + at);
            }
        }
        // When
        Set<String> documented = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (!name.equals("parameters")) {
                        documented.add(name + " " + path.getKey());
                    }
                }));
        // Then
        assertThat(documented).isEqualTo(calls);
    }

    @Test
    void shouldDocumentEveryFieldOfARequest() throws IOException {
        // Given
        JsonNode schema = document().at("/components/schemas/ActionRequest");
        // When
        Set<String> fields = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(fields::add);
        // Then
        assertThat(fields).isEqualTo(new TreeSet<>(RequestReader.FIELDS));
    }

    @Test
    void shouldGiveExamplesThatAreAccepted() throws Exception {
        // Given
        JsonNode examples = document().at("/paths/~1v1~1actions/post/requestBody/content/application~1json/examples");
        assertThat(examples).isNotEmpty();
        try (Door etl = Door.of(tokens.sign(tokens.agent("etl-agent")))) {
            for (JsonNode example : examples) {
                // When
                Door.Answer answer = etl.post((ObjectNode) example.get("value"));
                // Then
                assertThat(answer.status()).as(example.toString()).isEqualTo(202);
                Set<String> documented = new TreeSet<>();
                document()
                        .at("/components/schemas/Action/properties")
                        .fieldNames()
                        .forEachRemaining(documented::add);
                answer.body()
                        .fieldNames()
                        .forEachRemaining(field -> assertThat(documented).contains(field));
            }
        }
    }

    @Test
    void shouldDocumentEveryOutcome() throws IOException {
        // Given
        JsonNode documented = document().at("/components/schemas/Decision/properties/outcome/enum");
        // When
        Set<String> outcomes = new TreeSet<>();
        documented.forEach(outcome -> outcomes.add(outcome.asText()));
        // Then
        assertThat(outcomes)
                .isEqualTo(Arrays.stream(Outcome.values())
                        .map(outcome -> Json.tree(outcome).asText())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static JsonNode document() throws IOException {
        try (Door door = Door.withoutToken()) {
            return new YAMLMapper().readTree(door.bytes("/q/openapi"));
        }
    }
}
