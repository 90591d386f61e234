package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the notifier is told of the directory, and nobody else. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class NotifiersTest {

    private static final String TENANT = "0b57a700-0000-4000-a000-000000000001";
    private static final String ANN = "0b57a700-0000-4000-8000-000000000001";
    private static final String OWNER = "0b57a700-0000-4000-8000-000000000003";

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Listings listings;

    @Inject
    Road road;

    @BeforeEach
    void fill() {
        listings.apply(DirectoryFile.parse("""
                        people:
                          - id: ann
                            identities: {oidc: [ann], email: [ann@example.com], slack: [T1/U1], entra: [%1$s/%2$s]}
                            groups: [data-governance]
                          - {id: owner, identities: {oidc: [owner], entra: [%1$s/%3$s]}, groups: [data-governance]}
                          - {id: carl, identities: {oidc: [carl]}, groups: [sales]}
                        """.formatted(TENANT, ANN, OWNER).getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldTellWhoIsAskedAndByWhichKeysChannelsKnowThem() {
        // Given
        ActionRequested asked = Asked.pending(road, new Slot("data-governance", 1));

        // When
        Response audience = get(notifier(), asked, "audience", Map.of());

        // Then
        assertThat(audience.statusCode()).as(audience.asString()).isEqualTo(200);
        assertThat(audience.<List<String>>path("people.id")).containsExactly("ann");
        assertThat(audience.<List<String>>path("people[0].groups")).containsExactly("data-governance");
        assertThat(audience.<Map<String, List<String>>>path("people[0].keys"))
                .isEqualTo(Map.of(
                        "slack", List.of("T1/U1"),
                        "entra", List.of(TENANT + "/" + ANN),
                        "email", List.of("ann@example.com")));
        assertThat(audience.<List<String>>path("requester.entra")).containsExactly(TENANT + "/" + OWNER);
    }

    @Test
    void shouldTellWhatAUserOfAChatCouldDo() {
        // Given
        ActionRequested asked = Asked.pending(road, new Slot("data-governance", 1));

        // When
        Response anns = standing(asked, ANN);
        Response owners = standing(asked, OWNER);
        Response strangers = standing(asked, "0b57a700-0000-4000-8000-000000000009");

        // Then
        assertThat(anns.<List<String>>path("verbs")).containsExactly("approve", "reject", "claim", "ask", "edit");
        assertThat(anns.<String>path("why")).isEqualTo("You can decide. Still needed: 1 more from data-governance.");
        assertThat(owners.<List<String>>path("verbs")).isEmpty();
        assertThat(owners.<String>path("why")).isEqualTo("You own etl-agent, so you cannot approve its requests.");
        assertThat(strangers.<List<String>>path("verbs")).isEmpty();
        assertThat(strangers.<String>path("why")).contains("This is for people in data-governance");
    }

    @Test
    void shouldTellNobodyElseAndNameWhatIsNotInOrder() {
        // Given
        ActionRequested asked = Asked.pending(road, new Slot("data-governance", 1));
        Map<String, String> user = Map.of("authority", "slack:T1", "subject", "U1");

        // When / Then
        for (String token : List.of(
                tokens.person("ann", "data-governance"),
                tokens.agent("etl-agent"),
                tokens.agentFor("ann", "etl-agent", "notifiers"))) {
            assertThat(get(token, asked, "audience", Map.of()).statusCode()).isEqualTo(403);
            assertThat(get(token, asked, "standing", user).statusCode()).isEqualTo(403);
        }
        Response early = get(notifier(), Asked.request(), "audience", Map.of());
        assertThat(early.statusCode()).as("not heard of yet").isEqualTo(404);
        // The notifier knows it by this, and takes any other 404 for that of something else.
        assertThat(early.<String>path("type")).isEqualTo("urn:obstat:problem:not-found");
        for (Map<String, String> wrong : List.of(
                Map.of("subject", "U1"),
                Map.of("authority", "okta:x", "subject", "U1"),
                Map.of("authority", "slack:", "subject", "U1"))) {
            Response refused = get(notifier(), asked, "standing", wrong);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.<String>path("errors[0].field")).isEqualTo("authority");
        }
        assertThat(get(notifier(), asked, "standing", Map.of("authority", "slack:T1"))
                        .<String>path("errors[0].field"))
                .isEqualTo("subject");
    }

    private Response standing(ActionRequested asked, String user) {
        Response response = get(notifier(), asked, "standing", Map.of("authority", "entra:" + TENANT, "subject", user));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response;
    }

    private String notifier() {
        return tokens.person("obstat-notifier", "notifiers");
    }

    private static Response get(String token, ActionRequested asked, String what, Map<String, String> query) {
        return given().auth()
                .oauth2(token)
                .queryParams(query)
                .get("/v1/approvals/%s/%s".formatted(asked.actionId(), what));
    }
}
