package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A reviewer asks, the agent answers. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class QuestionsTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);
    private static final Duration LESS_THAN_THE_WAIT = Duration.ofSeconds(50);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldBringTheQuestionToTheAgentThatWaitsAndItsAnswerToThePerson() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        String agent = tokens.agent("etl-agent");
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> Door.decision(agent, request.actionId(), 60));
        Instant before = Instant.now();

        // When
        Response asked = ask(request, "Which columns?");
        Response woken = waiting.join();
        String question = woken.path("questions[0].id");
        Response answered = Door.answer(agent, request.actionId(), question, "id and country");
        Response repeated = Door.answer(agent, request.actionId(), question, "id and country");
        Response shown = Door.approval(tokens.person("ann", "data-governance"), request.actionId());

        // Then
        assertThat(asked.statusCode()).as(asked.asString()).isEqualTo(201);
        assertThat(Duration.between(before, Instant.now())).isLessThan(LESS_THAN_THE_WAIT);
        assertThat(woken.statusCode()).isEqualTo(202);
        assertThat(woken.<String>path("status")).isEqualTo("pending");
        assertThat(woken.<String>path("questions[0].text")).isEqualTo("Which columns?");
        assertThat(woken.<String>path("questions[0].askedAt")).isNotBlank();
        assertThat(List.of(answered, repeated)).extracting(Response::statusCode).containsOnly(201);
        assertThat(shown.<String>path("questions[0].answer")).isEqualTo("id and country");
        assertThat(shown.<String>path("questions[0].by.person.subject")).isEqualTo("ann");
        assertThat(Door.decision(agent, request.actionId(), 0).<List<?>>path("questions"))
                .isEmpty();
    }

    @Test
    void shouldEndAWaitAtOnceForAnOpenQuestionThatTheAgentHasNotSeen() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        String agent = tokens.agent("etl-agent");
        ask(request, "Which columns?");
        Instant before = Instant.now();

        // When
        Response first = Door.decision(agent, request.actionId(), 60);
        String seen = first.path("questions[0].id");
        Response heldOut = Door.decision(agent, request.actionId(), 1, seen);
        Duration held = Duration.between(before, Instant.now());
        ask(request, "Why now?");
        Response second = Door.decision(agent, request.actionId(), 60, seen);

        // Then
        assertThat(held).as("a question that was seen ends no wait").isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(heldOut.<List<String>>path("questions.text")).containsExactly("Which columns?");
        assertThat(second.<List<String>>path("questions.text")).containsExactly("Which columns?", "Why now?");
        assertThat(Duration.between(before, Instant.now())).isLessThan(LESS_THAN_THE_WAIT);
    }

    @Test
    void shouldTakeOneAnswerOfTheAgentThatWasAskedWhileItIsPending() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        String agent = tokens.agent("etl-agent");
        ask(request, "Which columns?");
        String question = Door.decision(agent, request.actionId(), 0).path("questions[0].id");

        // When
        Response foreign = Door.answer(tokens.agent("other-agent"), request.actionId(), question, "all");
        Response notAsked =
                Door.answer(agent, request.actionId(), ReviewId.derive("nobody").value(), "all");
        Response person = Door.answer(tokens.person("ann"), request.actionId(), question, "all");
        Response blank = Door.answer(agent, request.actionId(), question, " ");
        Response badSeen = Door.decision(agent, request.actionId(), 0, "latest");
        Response first = Door.answer(agent, request.actionId(), question, "id");
        Response other = Door.answer(agent, request.actionId(), question, "all");
        Door.approve(tokens.person("ann", "data-governance"), request.actionId(), request.digest());
        Response repeated = Door.answer(agent, request.actionId(), question, "id");
        Response late = Door.answer(agent, request.actionId(), question, "all");

        // Then what is on record is confirmed even when it is decided
        assertThat(List.of(foreign, notAsked, person, blank, badSeen, first, other, repeated, late))
                .extracting(Response::statusCode)
                .containsExactly(404, 404, 403, 400, 400, 201, 409, 201, 409);
        assertThat(blank.<String>path("errors[0].field")).isEqualTo("answer");
        assertThat(badSeen.<String>path("errors[0].field")).isEqualTo("seen");
        assertThat(late.<String>path("detail")).contains("is decided");
    }

    @Test
    void shouldDocumentTheConversation() {
        // When
        Response document = given().accept("application/json").get("/q/openapi");

        // Then
        assertThat(document.<String>path("paths.'/v1/decisions/{actionId}/answers'.post.operationId"))
                .isEqualTo("answer");
        assertThat(document.<Map<String, ?>>path("components.schemas.ApprovalBody.properties"))
                .containsKeys("votes", "escalatedTo", "claim", "questions", "edits", "awaited", "glass", "revoked");
        assertThat(document.<List<String>>path("components.schemas.Verb.enum")).contains("break-glass", "revoke");
    }

    private Response ask(ActionRequested request, String question) {
        return Door.review(
                tokens.person("ann", "data-governance"),
                request.actionId(),
                Map.of("verb", "ask", "digest", request.digest().value(), "reason", question));
    }
}
