package io.obstat.ledger.http;

import static io.obstat.ledger.ViewsUnderTest.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.obstat.ledger.Hash;
import io.obstat.ledger.LedgerEnvironment;
import io.obstat.ledger.MerkleHashes;
import io.obstat.ledger.Samples;
import io.obstat.ledger.ViewsUnderTest;
import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LedgerEnvironment.class)
class LedgerHttpTest {
    private static final String ACTION = Samples.action(1).value();
    private static final Map<String, Object> AUDITOR = Map.of("sub", "auditor", "groups", List.of("auditors"));
    private static final Map<String, Object> OWN_AGENT = Map.of("sub", "etl-agent", "groups", List.of("agents"));

    /** By {@link LedgerEnvironment}. */
    Function<Map<String, Object>, String> tokens = claims -> "";

    @Inject
    PostgresViews views;

    @Inject
    Mutiny.SessionFactory sessions;

    @BeforeEach
    void fill() {
        ViewsUnderTest.fill(sessions, views);
    }

    @Test
    void shouldSayWhatIsAwayAndThatTryingAgainHelpsWhenTheDatabaseFails() {
        // Given
        sql("alter table ledger.actions rename to actions_away");

        // When
        String timeline = problem("/v1/ledger/actions/" + ACTION);
        String search = problem("/v1/ledger/actions");

        // Then
        sql("alter table ledger.actions_away rename to actions");
        assertThat(List.of(timeline, search))
                .allSatisfy(detail -> assertThat(detail)
                        .isEqualTo("The ledger's database does not answer; try again in a few seconds"));
    }

    @Test
    void shouldNotCallAnAlteredRowADatabaseThatIsAway() {
        // Given
        sql("update ledger.entries set leaf = replace(leaf, 'quarterly', 'yearly')");

        // When / Then
        given().auth()
                .oauth2(tokens.apply(AUDITOR))
                .get("/v1/ledger/actions/" + ACTION)
                .then()
                .statusCode(500);
    }

    private String problem(String path) {
        return given().auth()
                .oauth2(tokens.apply(AUDITOR))
                .get(path)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .extract()
                .path("detail");
    }

    private void sql(String statement) {
        await(() -> sessions.withTransaction(
                session -> session.createNativeQuery(statement).executeUpdate()));
    }

    @Test
    void shouldTellAnAuditorTheWholeStory() {
        // Given
        String token = tokens.apply(AUDITOR);

        // When
        JsonPath timeline = given().auth()
                .oauth2(token)
                .get("/v1/ledger/actions/" + ACTION)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        assertThat(timeline.getString("action.status")).isEqualTo("ran");
        assertThat(timeline.getList("entries.sequence", Integer.class)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(timeline.getList("entries.sentence", String.class))
                .contains(
                        "reviewer approved, identified by OIDC session: “looks right” (1 of 1 from data-governance).");
        assertThat(timeline.getString("entries[5].type")).isEqualTo("io.obstat.decision.v1");
        assertThat(timeline.getString("entries[5].topic")).isEqualTo("obstat.decisions");
        assertThat(timeline.getString("entries[5].data.grant.token")).startsWith("sha256:");
        assertThat(Hash.ofBase64(timeline.getString("entries[5].leafHash")))
                .isEqualTo(MerkleHashes.ofLeaf(timeline.getString("entries[5].leaf")));
    }

    @Test
    void shouldLetAnAgentReadItsOwnActionsOnly() {
        // Given
        String own = tokens.apply(OWN_AGENT);
        String delegated = tokens.apply(Map.of("sub", "owner", "act", Map.of("sub", "etl-agent")));
        String foreign = tokens.apply(Map.of("sub", "other-agent", "groups", List.of("agents")));

        // When, Then
        read(own).statusCode(200);
        read(delegated).statusCode(200);
        read(foreign)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("auditors"));
        given().auth().oauth2(own).get("/v1/ledger/actions").then().statusCode(403);
    }

    @Test
    void shouldTakeNoAgentForAnAuditorWhomeverItActsFor() {
        // Given
        String delegated = tokens.apply(
                Map.of("sub", "auditor", "groups", List.of("auditors"), "act", Map.of("sub", "other-agent")));
        String both = tokens.apply(Map.of("sub", "other-agent", "groups", List.of("auditors", "agents")));

        // When, Then
        read(delegated).statusCode(403);
        read(both).statusCode(403);
        given().auth().oauth2(both).get("/v1/ledger/actions").then().statusCode(403);
    }

    @Test
    void shouldRefusePeopleWhoAreNoAuditors() {
        // Given
        String token = tokens.apply(Map.of("sub", "reviewer", "groups", List.of("data-governance")));

        // When, Then
        read(token).statusCode(403);
        given().auth()
                .oauth2(token)
                .get("/v1/ledger/actions")
                .then()
                .statusCode(403)
                .body("title", equalTo("Not for you"));
    }

    @Test
    void shouldRefuseTokensThatAreNotForUs() {
        // Given
        List<String> bad = List.of(
                tokens.apply(Map.of("sub", "auditor", "groups", List.of("auditors"), "aud", "elsewhere")),
                tokens.apply(Map.of("sub", "auditor", "groups", List.of("auditors"), "issuer", "foreign")),
                tokens.apply(Map.of("sub", "auditor", "groups", List.of("auditors"), "expired", true)),
                "rubbish");

        // When, Then
        for (String token : bad) {
            read(token).statusCode(401).contentType("application/problem+json").body("status", equalTo(401));
        }
        given().get("/v1/ledger/actions/" + ACTION)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"));
    }

    @Test
    void shouldSearchAndNameTheParameterThatIsWrong() {
        // Given
        String token = tokens.apply(AUDITOR);

        // When, Then
        given().auth()
                .oauth2(token)
                .queryParam("agent", "etl-agent")
                .queryParam("outcome", "allowed")
                .queryParam("q", "churn customers")
                .get("/v1/ledger/actions")
                .then()
                .statusCode(200)
                .body("actions.actionId", contains(ACTION))
                .body("actions[0].restsOn.leafHash", notNullValue())
                .body("actions[0].decided.people[0].subject", equalTo("reviewer"));
        for (var wrong : Map.of("limit", "0", "outcome", "maybe", "cursor", "x", "q", "y".repeat(201))
                .entrySet()) {
            given().auth()
                    .oauth2(token)
                    .queryParam(wrong.getKey(), wrong.getValue())
                    .get("/v1/ledger/actions")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors", hasSize(1))
                    .body("errors[0].field", equalTo(wrong.getKey()));
        }
    }

    @Test
    void shouldSayThatItDoesNotKnowAnAction() {
        // Given
        String token = tokens.apply(AUDITOR);

        // When, Then
        for (String id : List.of(Samples.action(99).value(), "nonsense")) {
            given().auth()
                    .oauth2(token)
                    .get("/v1/ledger/actions/" + id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void shouldDescribeItself() {
        // Given, When, Then
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/v1/ledger/actions/{id}'.get.summary", equalTo("The timeline of an action"));
    }

    private io.restassured.response.ValidatableResponse read(String token) {
        return given().auth().oauth2(token).get("/v1/ledger/actions/" + ACTION).then();
    }
}
