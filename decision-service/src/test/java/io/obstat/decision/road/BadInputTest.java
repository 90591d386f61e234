package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.EventId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Garbage at every door: a clear answer, nothing decided, and the good that comes behind it goes on. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BadInputTest {

    private static final int ROUNDS = 200;

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldAnswerGarbageWithAProblem() {
        // Given
        var random = new Random(7);
        ActionRequested request = pending();
        String approvals = "/v1/approvals/%s/reviews".formatted(request.actionId());
        String execution = "/v1/grants/%s/execution".formatted(GrantId.of(request.actionId()));
        var doors = List.of(approvals, "/v1/grants/redeem", execution);
        for (int round = 0; round < ROUNDS; round++) {
            String path = doors.get(random.nextInt(doors.size()));
            String token = path.equals(approvals) ? tokens.person("ann", "data-governance") : tokens.agent("etl-agent");

            // When
            byte[] body = garbage(random, request.digest());
            Response response = given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(path);

            // Then
            assertThat(response.statusCode())
                    .as(() -> path + " " + new String(body, StandardCharsets.UTF_8) + " " + response.asString())
                    .isEqualTo(400);
            assertThat(response.contentType()).isEqualTo("application/problem+json");
            assertThat(response.<String>path("detail")).isNotBlank();
        }
        assertThat(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void shouldNameTheFieldThatIsNotInOrder() {
        // Given
        ActionRequested request = pending();
        String ann = tokens.person("ann", "data-governance");

        // When
        Response noReason = Door.review(
                ann,
                request.actionId(),
                Map.of("verb", "reject", "digest", request.digest().value()));
        Response unknownField = Door.review(
                ann,
                request.actionId(),
                Map.of("verb", "approve", "digest", request.digest().value(), "onBehalfOf", "ben"));
        Response badId = given().auth().oauth2(ann).get("/v1/approvals/act_1");
        Response badCursor = Door.approvals(ann, Map.of("cursor", "yesterday"));
        Response badLimit = Door.approvals(ann, Map.of("limit", "1000000"));
        Response badState = Door.approvals(ann, Map.of("state", "everything"));
        Response badWait = given().auth()
                .oauth2(tokens.agent("etl-agent"))
                .get("/v1/decisions/%s?wait=forever".formatted(request.actionId()));

        // Then
        var responses = List.of(noReason, unknownField, badId, badCursor, badLimit, badState, badWait);
        assertThat(responses).extracting(Response::statusCode).containsOnly(400);
        assertThat(responses)
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsExactly("reason", "onBehalfOf", "actionId", "cursor", "limit", "state", "wait");
    }

    @Test
    void shouldTakeNobodyWithoutAGoodToken() {
        // Given
        List<String> paths = List.of("/v1/approvals", "/v1/decisions/act_1", "/v1/approvals/act_1");
        var responses = new ArrayList<Response>();

        // When
        for (String path : paths) {
            responses.add(given().redirects().follow(false).get(path));
            responses.add(given().auth().oauth2("nonsense").get(path));
            responses.add(given().auth().oauth2(tokens.expired()).get(path));
            responses.add(given().auth().oauth2(tokens.forSomebodyElse()).get(path));
        }
        responses.add(given().contentType(ContentType.JSON).body("{}").post("/v1/grants/redeem"));

        // Then
        assertThat(responses).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.contentType()).isEqualTo("application/problem+json");
            assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
        });
    }

    @Test
    void shouldSendBrowsersToSignInAndTakeNoTokenlessPostThere() {
        // Given
        String inbox = "/inbox/act_" + "a".repeat(26);

        // When
        Response page = given().redirects().follow(false).get("/inbox");
        Response post = given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .formParam("verb", "approve")
                .post(inbox + "/reviews");

        // Then
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.header("Location"))
                .contains("/obstat/authorize?")
                .contains("client_id=obstat-inbox")
                .contains("code_challenge=");
        assertThat(post.statusCode()).isIn(302, 403, 499);
    }

    @Test
    void shouldPutPoisonAsideAndGoOn() {
        // Given
        ActionRequested request = request();
        var good = EventCodec.encode(new Envelope<>(
                new EventId("v"), ServiceName.POLICY_ENGINE, Examples.NOON, null, Examples.allowed(request)));
        var wrongKey = new ProducerRecord<>(good.topic(), null, "act_other", good.value(), good.headers());
        var noEvent = new ProducerRecord<>("obstat.reviews", "key", "{}".getBytes(StandardCharsets.UTF_8));

        // When
        var reasons = List.of(
                road.record("verdicts", wrongKey).join(),
                road.record("reviews", noEvent).join(),
                road.record("verdicts", good).join());

        // Then
        assertThat(reasons.get(0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("record key"));
        assertThat(reasons.get(1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("CloudEvent"));
        assertThat(reasons.get(2)).isEmpty();
        assertThat(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldPageByDeadlineWithoutGapsOrRepeats() {
        // Given
        var mine = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            mine.add(pending().actionId().value());
        }
        String ann = tokens.person("ann", "data-governance");

        // When
        var seen = new ArrayList<String>();
        var deadlines = new ArrayList<String>();
        String cursor = "";
        do {
            Response page =
                    Door.approvals(ann, cursor.isEmpty() ? Map.of("limit", 3) : Map.of("limit", 3, "cursor", cursor));
            assertThat(page.statusCode()).isEqualTo(200);
            seen.addAll(page.path("approvals.actionId"));
            deadlines.addAll(page.path("approvals.expiresAt"));
            cursor = page.path("next") == null ? "" : page.path("next");
        } while (!cursor.isEmpty());

        // Then
        assertThat(seen).doesNotHaveDuplicates().containsAll(mine);
        assertThat(deadlines.stream().map(Instant::parse).toList()).isSorted();
    }

    private static byte[] garbage(Random random, ActionDigest digest) {
        return switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> "null".getBytes(StandardCharsets.UTF_8);
            case 2 -> "[1, 2".getBytes(StandardCharsets.UTF_8);
            case 3 -> "{\"verb\": \"approve\", \"verb\": \"approve\"}".getBytes(StandardCharsets.UTF_8);
            case 4 -> ("{\"verb\": 1, \"digest\": \"%s\"}".formatted(digest)).getBytes(StandardCharsets.UTF_8);
            case 5 ->
                ("{\"verb\": \"approve\", \"digest\": \"%s\"} true".formatted(digest)).getBytes(StandardCharsets.UTF_8);
            case 6 -> ("{\"result\": \"perhaps\"}").getBytes(StandardCharsets.UTF_8);
            case 7 ->
                "{\"grant\": \"%s\", \"digest\": \"%s\"}"
                        .formatted("x".repeat(random.nextInt(9_000)), digest)
                        .getBytes(StandardCharsets.UTF_8);
            default -> {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }

    private static ActionRequested request() {
        return Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
    }

    private ActionRequested pending() {
        ActionRequested request = request();
        road.verdict(Examples.required(request, Duration.ofMinutes(30), new Slot("data-governance", 1)))
                .join();
        return request;
    }
}
