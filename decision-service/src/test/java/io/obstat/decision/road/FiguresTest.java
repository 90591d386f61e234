package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How people review, in figures. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class FiguresTest {

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    private final String group = "group-" + UUID.randomUUID();
    private final String ann = "ann-" + UUID.randomUUID();

    @Test
    void shouldCountVotesByTheirTimeAndOutcome() throws SQLException {
        // Given three votes, cast 2, 10 and 600 seconds after the opening, one of them not decisive
        String token = tokens.person(ann, group);
        ActionRequested two = Asked.pending(road, new Slot(group, 2));
        ActionRequested one = Asked.pending(road, new Slot(group, 1));
        ActionRequested no = Asked.pending(road, new Slot(group, 1));
        Asked.pending(road, new Slot(group, 1));
        Door.approve(token, two.actionId(), two.digest());
        Door.approve(token, two.actionId(), two.digest());
        Door.approve(token, one.actionId(), one.digest());
        Door.reject(token, no.actionId(), no.digest(), "no");
        took(two, 2);
        took(one, 10);
        took(no, 600);

        // When
        Response mine = figures(token, "/me", Map.of());
        Response all = figures(tokens.person("boss", "obstat-admins"), "", Map.of());
        Response later = figures(token, "/me", Map.of("since", Instant.now().toString()));

        // Then
        assertThat(mine.statusCode()).as(mine.asString()).isEqualTo(200);
        assertThat(mine.<String>path("person.subject")).isEqualTo(ann);
        assertThat(mine.<Integer>path("votes"))
                .as("what was refused is no vote")
                .isEqualTo(3);
        assertThat(mine.<Integer>path("approvals")).isEqualTo(2);
        assertThat(mine.<Integer>path("rejections")).isEqualTo(1);
        assertThat(mine.<Float>path("approvalRate")).isBetween(0.66f, 0.67f);
        assertThat(mine.<Float>path("medianSeconds")).isEqualTo(10.0f);
        assertThat(mine.<Float>path("p90Seconds")).isEqualTo(600.0f);
        assertThat(mine.<Integer>path("decided")).isEqualTo(2);
        assertThat(mine.<Integer>path("pending"))
                .as("one that nobody has voted on, and one that wants another")
                .isEqualTo(2);
        assertThat(all.<Map<String, Object>>path("reviewers.find { it.person.subject == '%s' }".formatted(ann)))
                .isEqualTo(mine.<Map<String, Object>>path(""));
        assertThat(later.<Integer>path("votes")).isZero();
        assertThat(later.<Object>path("medianSeconds")).isNull();
        assertThat(later.<Integer>path("pending")).isEqualTo(2);
    }

    @Test
    void shouldShowOthersToAdminsOnly() {
        // When
        Response person = figures(tokens.person(ann, group), "", Map.of());
        Response agent = figures(tokens.agent("etl-agent"), "/me", Map.of());
        Response future = figures(
                tokens.person(ann),
                "/me",
                Map.of("since", Instant.now().plus(Duration.ofDays(1)).toString()));
        Response noTime = figures(tokens.person(ann), "/me", Map.of("since", "yesterday"));

        // Then
        assertThat(List.of(person, agent, future, noTime))
                .extracting(Response::statusCode)
                .containsExactly(403, 403, 400, 400);
        assertThat(person.<String>path("detail")).contains("obstat-admins", "/v1/reviewers/me");
        assertThat(List.of(future, noTime))
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsOnly("since");
    }

    private static void took(ActionRequested request, int seconds) throws SQLException {
        Database.execute("update decision.votes set opened_at = voted_at - interval '%d seconds' where action_id = '%s'"
                .formatted(seconds, request.actionId()));
    }

    private static Response figures(String token, String path, Map<String, ?> query) {
        return given().auth().oauth2(token).queryParams(query).get("/v1/reviewers" + path);
    }
}
