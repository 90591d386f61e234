package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Claimed;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The steps of one plan, looked at together. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class PlansTest {

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldListWhatWaitsOfOnePlanInItsOrder() {
        // Given
        String plan = UUID.randomUUID().toString();
        String ann = tokens.person("ann", "data-governance");
        ActionRequested first = step(plan, Duration.ofMinutes(30));
        ActionRequested second = step(plan, Duration.ofMinutes(10));
        ActionRequested third = step(plan, Duration.ofMinutes(20));
        step(UUID.randomUUID().toString(), Duration.ofMinutes(5));
        Door.approve(ann, second.actionId(), second.digest());

        // When
        Response whole = Door.approvals(ann, Map.of("plan", plan, "agent", "etl-agent"));
        Response page = Door.approvals(ann, Map.of("plan", plan, "agent", "etl-agent", "limit", 1));
        Response next = Door.approvals(
                ann, Map.of("plan", plan, "agent", "etl-agent", "limit", 1, "cursor", page.<String>path("next")));
        Response others = Door.approvals(ann, Map.of("plan", plan, "agent", "other-agent"));

        // Then
        assertThat(whole.<List<String>>path("approvals.actionId"))
                .containsExactly(first.actionId().value(), third.actionId().value());
        assertThat(whole.<String>path("approvals[0].request.claimed.plan")).isEqualTo(plan);
        assertThat(page.<List<String>>path("approvals.actionId"))
                .containsExactly(first.actionId().value());
        assertThat(next.<List<String>>path("approvals.actionId"))
                .containsExactly(third.actionId().value());
        assertThat(others.<List<String>>path("approvals.actionId")).isEmpty();
    }

    @Test
    void shouldSayWhatAPlanIsAskedForWith() {
        // Given
        String ann = tokens.person("ann");

        // When
        List<Response> answers = List.of(
                Door.approvals(ann, Map.of("plan", "p")),
                Door.approvals(ann, Map.of("agent", "etl-agent")),
                Door.approvals(ann, Map.of("plan", "p", "agent", "no agent")),
                Door.approvals(ann, Map.of("plan", "p", "agent", "etl-agent", "state", "decided")),
                Door.approvals(ann, Map.of("plan", "p", "agent", "etl-agent", "assignee", "me")),
                Door.approvals(ann, Map.of("plan", "\0", "agent", "etl-agent")));

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(400);
        assertThat(answers)
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsExactly("agent", "plan", "agent", "state", "assignee", "plan");
    }

    private ActionRequested step(String plan, Duration deadline) {
        ActionRequested plain = Asked.request();
        var request = new ActionRequested(
                plain.actionId(),
                plain.digest(),
                plain.action(),
                plain.verified(),
                new Claimed("a step", null, null, List.of(), null, plan),
                plain.requestedAt(),
                plain.deadline());
        road.verdict(Examples.required(request, deadline, new Slot("data-governance", 1)))
                .join();
        return request;
    }
}
