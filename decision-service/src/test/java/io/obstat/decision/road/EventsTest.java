package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.kafka.Road;
import io.obstat.decision.road.Events.Event;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program is told that listens. */
@QuarkusTest
@WithTestResource(Surroundings.class)
@Timeout(90)
class EventsTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    @Test
    void shouldTellEachChangeAsItHappens() throws Exception {
        String ann = tokens.person("ann", "data-governance");
        try (Events events = Events.listen(base, ann)) {
            // Given
            assertThat(events.next().name()).isEqualTo("hello");

            // When
            ActionRequested request = Asked.pending(road, GOVERNANCE);
            Event opened = events.awaitData(change(request, "pending"));
            Door.approve(ann, request.actionId(), request.digest());
            Event decided = events.awaitData(change(request, "allowed"));

            // Then
            assertThat(List.of(opened, decided)).extracting(Event::name).containsOnly("change");
            assertThat(Instant.parse(decided.id())).isAfter(Instant.parse(opened.id()));
        }
    }

    @Test
    void shouldTellWhoComesBackWhatHasChangedMeanwhile() throws Exception {
        // Given a listener that left off at an event
        String ann = tokens.person("ann", "data-governance");
        ActionRequested before = Asked.pending(road, GOVERNANCE);
        String last;
        try (Events events = Events.listen(base, ann)) {
            Door.approve(ann, before.actionId(), before.digest());
            last = events.awaitData(change(before, "allowed")).id();
        }

        // When
        ActionRequested missed = Asked.pending(road, GOVERNANCE);
        try (Events events = Events.listen(base, ann, "Last-Event-ID", last)) {
            // Then
            assertThat(events.next().name()).isEqualTo("hello");
            assertThat(events.awaitData(change(missed, "pending")).name()).isEqualTo("change");
        }
    }

    @Test
    void shouldEndWithTheToken() throws Exception {
        // Given
        String brief = tokens.personFor(Duration.ofSeconds(10), "ann", "data-governance");
        Instant expires = Instant.now().plusSeconds(9);

        // When
        try (Events events = Events.listen(base, brief)) {
            while (!events.ended()) {
                events.next();
            }
        }

        // Then
        assertThat(Instant.now()).isAfterOrEqualTo(expires);
    }

    @Test
    void shouldTellPeopleOnly() {
        // When
        Response nobody = given().get("/v1/approvals/events");
        Response agent = given().auth().oauth2(tokens.agent("etl-agent")).get("/v1/approvals/events");
        Response badId = events("17");
        Response beforeTime = events("-1000000000-01-01T00:00:00Z");
        Response afterTime = events("+1000000000-12-31T23:59:59Z");

        // Then
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(agent.statusCode()).isEqualTo(403);
        assertThat(List.of(badId, beforeTime, afterTime)).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.<String>path("errors[0].field")).isEqualTo("Last-Event-ID");
            assertThat(response.<String>path("errors[0].detail")).contains("leave it out");
        });
        assertThat(List.of(nobody, agent, badId, beforeTime, afterTime))
                .extracting(Response::contentType)
                .containsOnly("application/problem+json");
    }

    @Test
    void shouldBeDocumented() {
        // When
        Response document = given().accept("application/json").get("/q/openapi");

        // Then
        assertThat(document.<String>path("paths.'/v1/approvals/events'.get.operationId"))
                .isEqualTo("approvalEvents");
        assertThat(document.<List<String>>path("paths.'/v1/approvals'.get.parameters.name"))
                .containsExactlyInAnyOrder("assignee", "plan", "agent", "state", "cursor", "limit");
    }

    /** For a few seconds, in case that it is taken and the stream goes on. */
    private Response events(String lastEventId) {
        return given().auth()
                .oauth2(tokens.personFor(Duration.ofSeconds(60), "ann"))
                .header("Last-Event-ID", lastEventId)
                .get("/v1/approvals/events");
    }

    private static String change(ActionRequested request, String state) {
        return "{\"actionId\":\"%s\",\"state\":\"%s\"}".formatted(request.actionId(), state);
    }
}
