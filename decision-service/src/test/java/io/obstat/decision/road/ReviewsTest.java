package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are told about their reviews, and what goes on record. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class ReviewsTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldRefuseTheOwnersReviewAndPutItOnRecord() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);

        // When
        Response refused =
                Door.approve(tokens.person("owner", "data-governance"), request.actionId(), request.digest());

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.<String>path("cause")).isEqualTo("own-agent");
        assertThat(refused.<String>path("detail"))
                .isEqualTo(
                        "You own etl-agent, so you cannot approve its requests. Nobody was notified of this attempt but it is on record.");
        awaitRefusal(request, Cause.OWN_AGENT);
        assertThat(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void shouldShowPeopleTheDecisionWithoutTheTokenThatIsTheAgentsAlone() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        String ann = tokens.person("ann", "data-governance");

        // When
        Response approved = Door.approve(ann, request.actionId(), request.digest());
        Response shown = Door.approval(ann, request.actionId());

        // Then
        Decision decision = Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 10));
        assertThat(shown.<String>path("decision.outcome")).isEqualTo("allowed");
        assertThat(shown.<String>path("decision.grant.id"))
                .isEqualTo(Door.grant(decision).id().value());
        assertThat(shown.asString()).doesNotContain(Door.grant(decision).token());
        assertThat(approved.asString()).doesNotContain(Door.grant(decision).token());
        assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void shouldRefuseAnAgentsReviewAndPutItOnRecordWhateverGroupsItClaims() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);

        // When
        Response own = Door.approve(tokens.agent("etl-agent"), request.actionId(), request.digest());
        Response forSomebody = Door.approve(
                tokens.agentFor("ann", "helper-agent", "data-governance"), request.actionId(), request.digest());

        // Then
        assertThat(List.of(own, forSomebody)).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.<String>path("cause")).isEqualTo("not-a-person");
        });
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), ReviewRefused.class)).hasSize(2);
        assertThat(Door.approval(tokens.agent("etl-agent"), request.actionId()).statusCode())
                .isEqualTo(403);
        assertThat(Door.decision(tokens.person("ann"), request.actionId(), 0).statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldTellStrangersLatecomersAndReadersOfAnotherVersionApart() {
        // Given
        ActionRequested request = Asked.pending(road, new Slot("data-governance", 2));
        String ann = tokens.person("ann", "data-governance");

        // When
        Response stranger = Door.approve(tokens.person("carl", "sales"), request.actionId(), request.digest());
        Response otherVersion = Door.approve(ann, request.actionId(), Examples.otherDigest());
        Response first = Door.approve(ann, request.actionId(), request.digest());
        Response again = Door.approve(ann, request.actionId(), request.digest());
        Response second = Door.approve(tokens.person("ben", "data-governance"), request.actionId(), request.digest());
        Response late = Door.approve(tokens.person("cleo", "data-governance"), request.actionId(), request.digest());

        // Then
        Door.assertRefused(stranger, 403, "not-eligible");
        Door.assertRefused(otherVersion, 409, "digest-differs");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.<Integer>path("approval.progress[0].filled")).isEqualTo(1);
        assertThat(first.<Boolean>path("approval.eligible.can")).isFalse();
        Door.assertRefused(again, 409, "already-reviewed");
        assertThat(second.statusCode()).isEqualTo(201);
        Door.assertRefused(late, 409, "already-decided");
    }

    @Test
    void shouldGiveARepeatedReviewItsFirstAnswer() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        var body = Map.of("verb", "approve", "digest", request.digest().value());
        String ann = tokens.person("ann", "data-governance");

        // When
        List<Response> answers = List.of(keyed(ann, request.actionId(), body), keyed(ann, request.actionId(), body));

        // Then
        assertThat(answers).extracting(Response::statusCode).containsExactly(201, 201);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), Decision.class)).hasSize(1);
        assertThat(road.facts(request.actionId(), ReviewRecorded.class)).hasSize(1);
    }

    @Test
    void shouldKeepAReviewThatOvertakesItsVerdict() {
        // Given
        ActionRequested request = Asked.request();
        Review click = Examples.review(
                "click",
                request,
                Review.Verb.APPROVE,
                Examples.person("ann"),
                List.of("data-governance"),
                Instant.now());
        assertThat(road.event("reviews", ServiceName.NOTIFIER, new ReviewSubmitted(request.actionId(), click))
                        .join())
                .isEmpty();

        // When
        road.verdict(Examples.required(request, Duration.ofMinutes(30), GOVERNANCE))
                .join();

        // Then
        Decision decision = Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0));
        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.reviews()).containsExactly(click);
    }

    private void awaitRefusal(ActionRequested request, Cause cause) {
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), ReviewRefused.class))
                .extracting(ReviewRefused::cause)
                .containsExactly(cause);
    }

    private static Response keyed(String token, ActionId id, Object body) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .header("Idempotency-Key", "one click")
                .contentType("application/json")
                .body(body)
                .post("/v1/approvals/{id}/reviews", id.value());
    }
}
