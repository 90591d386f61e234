package io.obstat.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import io.obstat.intake.Samples;
import io.obstat.intake.http.Door.Answer;
import io.obstat.intake.json.Garbage;
import io.obstat.intake.kafka.Road;
import io.obstat.intake.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the HTTP door does not take, and how it says so. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BadRequestsTest {

    private final Tokens tokens = new Tokens();

    @Inject
    Road road;

    private Door etl = Door.withoutToken();

    @BeforeEach
    void open() throws Exception {
        etl = Door.of(tokens.sign(tokens.agent("etl-agent")));
    }

    @AfterEach
    void close() {
        etl.close();
    }

    @Test
    void shouldRefuseAReasonThatIsNotInOrder() {
        // Given
        String id = etl.post(Samples.requestJson()).text("/id");
        // When
        // Then
        for (String body : List.of(
                "{\"reason\": 1}", "{\"why\": \"x\"}", "[]", "{", "{\"reason\":\"" + "x".repeat(1001) + "\"}")) {
            HttpDoorTest.assertProblem(etl.delete("/v1/actions/" + id, body), 400, "invalid-request");
        }
        assertThat(road.withdrawals(id)).isEmpty();
    }

    @Test
    void shouldNameEveryFieldThatIsNotInOrder() {
        // Given
        ObjectNode request = Samples.requestJson().put("agent", "root").put("environment", "");
        request.remove("intent");
        // When
        Answer answer = etl.post(request);
        // Then
        HttpDoorTest.assertProblem(answer, 400, "invalid-request");
        assertThat(answer.body().at("/errors").findValuesAsText("field"))
                .containsExactly("agent", "environment", "intent");
        assertThat(answer.body().at("/errors").findValuesAsText("detail")).allMatch(detail -> !detail.isBlank());
    }

    @Test
    void shouldRefuseWhatIsNoJsonByItsType() {
        // Given
        byte[] request = Json.write(Samples.requestJson());
        // When
        // Then
        HttpDoorTest.assertProblem(etl.postAs("text/plain", request), 415, "unsupported-media-type");
        HttpDoorTest.assertProblem(
                etl.postAs("application/x-www-form-urlencoded", request), 415, "unsupported-media-type");
        assertThat(etl.postAs("application/json; charset=utf-8", request).status())
                .isEqualTo(202);
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        // Given
        byte[] longest = sized(32 * 1024);
        byte[] tooLong = sized(32 * 1024 + 1);
        // When
        Answer fits = etl.post(longest);
        Answer large = etl.post(tooLong);
        // Then
        assertThat(fits.status()).isEqualTo(202);
        HttpDoorTest.assertProblem(large, 413, "too-large");
    }

    @Test
    void shouldRefuseKeysThatAreNone() {
        // Given
        // When
        // Then
        HttpDoorTest.assertProblem(
                etl.post(Samples.requestJson(), "Idempotency-Key", "two words"), 400, "invalid-request");
        HttpDoorTest.assertProblem(
                etl.post(Samples.requestJson(), "Idempotency-Key", "a", "Idempotency-Key", "b"),
                400,
                "invalid-request");
    }

    @Test
    void shouldAnswerStrayCallsWithAProblem() {
        // Given
        // When
        // Then
        assertThat(etl.get("/v1/nothing").status()).isEqualTo(404);
        Answer wrongMethod = etl.get("/v1/actions");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.headers().get("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void shouldTakeNoGarbageAndNeverBreakOnIt() {
        byte[] sound = Json.write(Samples.requestJson());
        int accepted = 0;
        for (int seed = 0; seed < 400; seed++) {
            // Given
            byte[] garbage = Garbage.of(sound, new Random(seed));
            // When
            Answer answer = etl.post(garbage);
            // Then
            assertThat(answer.status()).as("seed %d", seed).isIn(202, 400);
            if (answer.status() == 202) {
                accepted++;
                // What was accepted is a whole request by the token's agent, whatever was in the body.
                assertThat(road.requests(answer.text("/id")))
                        .as("seed %d", seed)
                        .singleElement()
                        .satisfies(requested ->
                                assertThat(requested.verified().agent()).isEqualTo(Samples.ETL));
            } else {
                assertThat(answer.body().at("/errors").size())
                        .as("seed %d", seed)
                        .isPositive();
            }
        }
        assertThat(accepted).isLessThan(200);
    }

    private static byte[] sized(int bytes) {
        ObjectNode request = Samples.requestJson();
        int rest = bytes - Json.write(request.put("diff", "")).length;
        // Spaces around a value do not count for the value.
        String json = new String(Json.write(request), StandardCharsets.UTF_8);
        return (json.substring(0, json.length() - 1) + " ".repeat(rest) + "}").getBytes(StandardCharsets.UTF_8);
    }
}
