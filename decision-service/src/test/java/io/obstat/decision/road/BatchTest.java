package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One card over several requests: a decision per item. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BatchTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldJudgeEachItemByItself() {
        // Given
        ActionRequested first = Asked.pending(road, GOVERNANCE);
        ActionRequested second = Asked.pending(road, GOVERNANCE);
        ActionRequested third = Asked.pending(road, GOVERNANCE);
        ActionRequested foreign = Asked.pending(road, new Slot("oncall", 1));
        ActionRequested unknown = Asked.request();

        // When
        Response answer = send(
                "plan 1",
                item(first, "approve", Map.of()),
                item(second, "reject", Map.of("reason", "not this one")),
                item(third, "reject", Map.of()),
                item(foreign, "approve", Map.of()),
                item(unknown, "approve", Map.of()),
                item(third, "claim", Map.of()),
                item(third, "approve", Map.of("digest", Examples.otherDigest().value())));

        // Then
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<List<String>>path("items.actionId"))
                .startsWith(
                        first.actionId().value(),
                        second.actionId().value(),
                        third.actionId().value());
        assertThat(answer.<List<Integer>>path("items.status")).containsExactly(201, 201, 400, 403, 404, 201, 409);
        assertThat(answer.<String>path("items[0].state")).isEqualTo("allowed");
        assertThat(answer.<String>path("items[1].state")).isEqualTo("rejected");
        assertThat(answer.<String>path("items[2].problem.errors[0].field")).isEqualTo("reason");
        assertThat(answer.<String>path("items[3].problem.cause")).isEqualTo("not-eligible");
        assertThat(answer.<String>path("items[5].result")).isEqualTo("done");
        assertThat(answer.<String>path("items[6].problem.cause")).isEqualTo("digest-differs");
        assertThat(answer.asString()).doesNotContain("\"token\"");
    }

    @Test
    void shouldGoOnAfterAnItemThatCannotBeDecided() throws SQLException {
        // Given a row that nobody can read
        ActionRequested first = Asked.pending(road, GOVERNANCE);
        ActionRequested broken = Asked.pending(road, GOVERNANCE);
        ActionRequested last = Asked.pending(road, GOVERNANCE);
        String where = "where action_id = '%s'".formatted(broken.actionId());
        Database.execute("update decision.approvals set document = 'nonsense', due_at = null " + where);
        try {
            // When
            Response answer = send(
                    "plan 5",
                    item(first, "approve", Map.of()),
                    item(broken, "approve", Map.of()),
                    item(last, "approve", Map.of()));

            // Then
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            assertThat(answer.<List<Integer>>path("items.status")).containsExactly(201, 500, 201);
            assertThat(answer.<String>path("items[1].actionId"))
                    .isEqualTo(broken.actionId().value());
            assertThat(answer.<String>path("items[1].problem.type")).isEqualTo("urn:obstat:problem:internal");
            assertThat(answer.<String>path("items[2].state")).isEqualTo("allowed");
        } finally {
            Database.execute("delete from decision.approvals " + where);
        }
    }

    @Test
    void shouldGiveARepeatedItemItsFirstAnswerInWhateverBatchItComes() {
        // Given
        ActionRequested first = Asked.pending(road, new Slot("data-governance", 2));
        ActionRequested second = Asked.pending(road, GOVERNANCE);
        send("plan 2", item(first, "approve", Map.of()));

        // When
        Response again = send(
                "plan 2",
                item(second, "ask", Map.of("reason", "Which columns?")),
                item(second, "ask", Map.of("reason", "Why now?")),
                item(first, "approve", Map.of()));
        Response otherKey = send("plan 3", item(first, "approve", Map.of()));

        // Then
        assertThat(again.<List<Integer>>path("items.status")).containsExactly(201, 201, 201);
        assertThat(otherKey.<List<Integer>>path("items.status")).containsExactly(409);
        Database.awaitPublished(first.actionId());
        assertThat(road.facts(first.actionId(), ReviewRecorded.class)).hasSize(1);
        assertThat(road.facts(first.actionId(), ReviewRefused.class)).hasSize(1);
        assertThat(Door.approval(tokens.person("ann"), second.actionId()).<List<String>>path("questions.text"))
                .containsExactly("Which columns?", "Why now?");
    }

    @Test
    void shouldDoNothingOfABatchThatIsNotInOrder() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        Map<String, Object> good = item(request, "approve", Map.of());

        // When
        Response empty = send("plan 4", List.of());
        Response tooMany = send("plan 4", Collections.nCopies(51, good));
        Response noVerb = send(
                "plan 4",
                List.of(
                        good,
                        Map.of(
                                "actionId",
                                request.actionId().value(),
                                "digest",
                                request.digest().value())));

        // Then
        assertThat(List.of(empty, tooMany, noVerb))
                .extracting(Response::statusCode)
                .containsOnly(400);
        assertThat(List.of(empty, tooMany))
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsOnly("items");
        assertThat(noVerb.<String>path("errors[0].field")).contains("verb");
        assertThat(Door.approval(tokens.person("ann"), request.actionId()).<String>path("state"))
                .isEqualTo("pending");
    }

    private static Map<String, Object> item(ActionRequested request, String verb, Map<String, Object> rest) {
        var item = new HashMap<String, Object>(Map.of(
                "actionId",
                request.actionId().value(),
                "digest",
                request.digest().value(),
                "verb",
                verb));
        item.putAll(rest);
        return item;
    }

    @SafeVarargs
    private Response send(String key, Map<String, Object>... items) {
        return send(key, List.of(items));
    }

    private Response send(String key, List<Map<String, Object>> items) {
        return given().auth()
                .oauth2(tokens.person("ann", "data-governance"))
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("items", items))
                .post("/v1/reviews");
    }
}
