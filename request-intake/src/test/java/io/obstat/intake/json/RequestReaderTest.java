package io.obstat.intake.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.json.Json;
import io.obstat.intake.FieldError;
import io.obstat.intake.Samples;
import io.obstat.intake.json.RequestReader.Read;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {

    @Test
    void shouldReadEveryField() {
        // Given
        ObjectNode json = Samples.requestJson()
                .put("run", "8f3c")
                .put("model", "m-1")
                .put("diff", "+1 -1")
                .put("plan", "p-1");
        json.putArray("links").addObject().put("title", "ticket").put("href", "https://tickets.example/1");
        json.put("deadline", "2026-11-22T16:00:00+01:00");
        // When
        Read read = RequestReader.read(Json.write(json));
        // Then
        assertThat(read).isInstanceOfSatisfying(Read.Request.class, request -> {
            assertThat(request.body().action().resource()).isEqualTo("postgres://prod/customers");
            assertThat(request.body().action().parameters().canonical())
                    .isEqualTo("{\"format\":\"csv\",\"rows\":48210,\"where\":\"country = 'DE'\"}");
            assertThat(request.body().claimed().links()).hasSize(1);
            assertThat(request.body().claimed().run()).isEqualTo("8f3c");
            assertThat(request.body().claimed().plan()).isEqualTo("p-1");
            assertThat(request.body().deadline()).isEqualTo(Instant.parse("2026-11-22T15:00:00Z"));
        });
    }

    @Test
    void shouldSayEverythingThatIsWrongAtOnce() {
        // Given
        String json = """
                {"type": "not a type", "environment": " ", "parameters": [], "intent": 7, "agent": "root", "deadline": "soon"}""";
        // When
        List<FieldError> errors = errors(json);
        // Then
        assertThat(errors)
                .extracting(FieldError::field)
                .containsExactly("agent", "type", "resource", "environment", "parameters", "intent", "deadline");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {"a": 1, "a": 1}                                          | a is there twice
                    {"type":"t"} {}                                           | goes on after its end
                    []                                                        | no JSON object
                    null                                                      | no JSON object
                    {"type": null}                                            | type is missing
                    {"parameters": {"n": 9007199254740993}}                   | 9007199254740993
                    {"parameters": {"n": 1000000.000000000001}}               | send it as a string
                    {"parameters": {"n": 1e999999999}}                        | does not survive
                    {"parameters": {"s": "\\ud800"}}                          | lone surrogate
                    {"intent": "\\udfff"}                                     | lone surrogate
                    {"links": [{"title": "t", "href": "javascript:x"}]}       | links[0].href must be an http or https
                    {"links": [null]}                                         | links[0]
                    {"links": {"title": "t"}}                                 | links must be an array
                    {"deadline": 1795348800}                                  | deadline
                    """)
    void shouldRefuseAndSayWhy(String json, String reason) {
        // Given
        // When
        List<FieldError> errors = errors(json);
        // Then
        assertThat(errors).anySatisfy(error -> assertThat(error.toString()).contains(reason));
    }

    @Test
    void shouldHoldEveryFieldToItsLength() {
        // Given
        ObjectNode json = Samples.requestJson()
                .put("type", "t".repeat(101))
                .put("resource", "r".repeat(1025))
                .put("environment", "e".repeat(65))
                .put("intent", "i".repeat(2001))
                .put("run", "r".repeat(129))
                .put("model", "m".repeat(129))
                .put("diff", "d".repeat(8001))
                .put("plan", "p".repeat(129));
        // When
        List<FieldError> errors = errors(new String(Json.write(json), StandardCharsets.UTF_8));
        // Then
        assertThat(errors)
                .extracting(FieldError::field)
                .containsExactly("type", "resource", "environment", "intent", "run", "model", "diff", "plan");
    }

    @Test
    void shouldRefuseParametersThatAreTooDeep() {
        // Given
        String deep = "{\"parameters\": " + "{\"a\":".repeat(17) + "1" + "}".repeat(17) + "}";
        String abyss = "{\"parameters\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        // When
        // Then
        assertThat(errors(deep)).anySatisfy(error -> assertThat(error.detail()).contains("deeper than 16"));
        assertThat(errors(abyss)).anySatisfy(error -> assertThat(error.detail()).contains("nesting depth"));
    }

    @Test
    void shouldNotTakeBytesThatAreNotUtf8() {
        // Given
        byte[] latin1 = "{\"intent\": \"für\"}".getBytes(StandardCharsets.ISO_8859_1);
        // When
        Read read = RequestReader.read(latin1);
        // Then
        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Malformed.class,
                        malformed -> assertThat(malformed.errors())
                                .anySatisfy(error -> assertThat(error.detail()).contains("UTF-8")));
    }

    @Test
    void shouldReadGarbageToErrorsAndNeverToSomethingWithoutADigest() {
        byte[] sound = Json.write(Samples.requestJson());
        int requests = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            // Given
            byte[] garbage = Garbage.of(sound, new Random(seed));
            // When
            Read read = RequestReader.read(garbage);
            // Then
            switch (read) {
                case Read.Malformed malformed ->
                    assertThat(malformed.errors()).as("seed %d", seed).isNotEmpty();
                case Read.Request request -> {
                    requests++;
                    assertThat(ActionDigest.of(Samples.ETL, null, request.body().action()))
                            .as("seed %d", seed)
                            .isNotNull();
                }
            }
        }
        assertThat(requests).as("some garbage still is a request").isPositive();
    }

    private static List<FieldError> errors(String json) {
        Read read = RequestReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(Read.Malformed.class);
        return ((Read.Malformed) read).errors();
    }
}
