package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.reactive.Rosters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who stands for whom, and which agents are stopped: from the API through a real database into the roster. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class AbsencesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant LATER = NOW.plus(Duration.ofDays(7));
    private static final AgentId AGENT = new AgentId("ns:pipelines/etl");

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Rosters rosters;

    @Inject
    Listings listings;

    @BeforeEach
    void list() {
        listings.apply(DirectoryFile.parse("""
                        people:
                          - {id: a, identities: {oidc: [ann], email: [ann@example.com]}, groups: [obstat-admins]}
                          - {id: b, identities: {oidc: [ben], email: [ben@example.com]}}
                          - {id: o, identities: {oidc: [olga], email: [olga@example.com]}, groups: [obstat-admins]}
                        agents:
                          - {id: 'ns:pipelines/etl', owners: {ids: [o]}}
                        """.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);
    }

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldLetAColleagueStandIn() {
        // Given
        String ann = tokens.person("ann");

        // When
        Response before = given().auth().oauth2(ann).get("/v1/me/delegation");
        Response put = delegate(ann, Map.of("to", "BEN@example.com", "since", NOW, "until", LATER, "reason", "leave"));
        Response got = given().auth().oauth2(ann).get("/v1/me/delegation");

        // Then
        assertThat(before.statusCode()).isEqualTo(404);
        assertThat(put.statusCode()).as(put.asString()).isEqualTo(200);
        assertThat(got.<String>path("to")).isEqualTo("ben");
        assertThat(got.<String>path("until")).isEqualTo(LATER.toString());
        assertThat(got.<String>path("reason")).isEqualTo("leave");
        assertThat(roster().standsFor(reviewer("ben"), NOW))
                .extracting(Member::id)
                .containsExactly("a");

        // When
        int ended = given().auth().oauth2(ann).delete("/v1/me/delegation").statusCode();

        // Then
        assertThat(ended).isEqualTo(204);
        assertThat(roster().standsFor(reviewer("ben"), NOW)).isEmpty();
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        // Given
        String ann = tokens.person("ann");

        // When
        List<Response> responses = List.of(
                delegate(ann, Map.of("since", NOW, "until", LATER)),
                delegate(ann, Map.of("to", "ben", "until", LATER)),
                delegate(ann, Map.of("to", "ben", "since", NOW, "until", NOW)),
                delegate(ann, Map.of("to", "ben", "since", NOW, "until", NOW.plus(Duration.ofDays(91)))),
                delegate(ann, Map.of("to", "nobody", "since", NOW, "until", LATER)),
                delegate(ann, Map.of("to", "ann@example.com", "since", NOW, "until", LATER)),
                delegate(ann, Map.of("to", "ben", "since", "soon", "until", LATER)));

        // Then
        assertThat(responses).extracting(Response::statusCode).containsOnly(400);
        assertThat(responses).extracting(Response::contentType).containsOnly("application/problem+json");
        assertThat(responses)
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsExactly("to", "since", "until", "until", "to", "to", "since");
        assertThat(roster().standsFor(reviewer("ben"), NOW)).isEmpty();
    }

    @Test
    void shouldLetOnlyPeopleOfTheDirectoryNameSomebody() {
        // Given
        Map<String, Object> body = Map.of("to", "ben", "since", NOW, "until", LATER);

        // Then
        assertThat(delegate(tokens.person("stranger"), body).statusCode()).isEqualTo(403);
        assertThat(delegate(tokens.agent("etl-agent"), body).statusCode()).isEqualTo(403);
        assertThat(given().get("/v1/me/delegation").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLetAdminsAndOwnersSuspendAndOnlyOtherAdminsLift() {
        // Given people of whom ben is neither, ann an admin, and olga an admin who owns the agent
        assertThat(suspend(tokens.person("ben", "obstat-admins")).statusCode())
                .as("the directory's word counts, not the token's")
                .isEqualTo(403);
        assertThat(roster().isSuspended(AGENT)).isFalse();

        // When
        Response byOwner = suspend(tokens.person("olga"));
        Response again = suspend(tokens.person("ann"));

        // Then
        assertThat(byOwner.statusCode()).as(byOwner.asString()).isEqualTo(200);
        assertThat(again.<String>path("by")).as("the first one stays").isEqualTo("olga");
        assertThat(roster().isSuspended(AGENT)).isTrue();
        assertThat(roster().ownerKeys(AGENT)).contains("olga");

        // When
        int liftedByOwner = lift(tokens.person("olga"));
        int liftedByNobody = lift(tokens.person("ben"));

        // Then
        assertThat(List.of(liftedByOwner, liftedByNobody)).containsOnly(403);
        assertThat(roster().isSuspended(AGENT)).isTrue();

        // When
        int lifted = lift(tokens.person("ann"));

        // Then
        assertThat(lifted).isEqualTo(204);
        assertThat(roster().isSuspended(AGENT)).isFalse();
        assertThat(lift(tokens.person("ann"))).isEqualTo(404);
    }

    @Test
    void shouldSuspendAgentsThatTheDirectoryDoesNotKnowToo() {
        // When
        Response noReason = suspend(tokens.person("ann"), AGENT.value(), Map.of());
        Response noAgent = suspend(tokens.person("ann"), "not an id", Map.of("reason", "why"));
        Response unlisted = suspend(tokens.person("ann"), "unlisted", Map.of("reason", "why"));

        // Then
        assertThat(List.of(noReason, noAgent)).extracting(Response::statusCode).containsOnly(400);
        assertThat(List.of(noReason, noAgent))
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsExactly("reason", "agentId");
        assertThat(unlisted.statusCode()).isEqualTo(200);
        assertThat(roster().isSuspended(new AgentId("unlisted"))).isTrue();
    }

    /** Every instance reads the whole directory again for another version, and anybody in it can ask for these. */
    @Test
    void shouldTellNobodyOfAChangeThatChangesNothing() throws SQLException {
        // Given
        String ann = tokens.person("ann");
        Map<String, Object> body = Map.of("to", "ben", "since", NOW, "until", LATER, "reason", "leave");
        delegate(ann, body).then().statusCode(200);
        suspend(ann).then().statusCode(200);
        int before = Database.directoryVersion();

        // When
        Response again = delegate(ann, body);
        Response suspended = suspend(ann);
        int notSuspended = given().auth()
                .oauth2(ann)
                .delete("/v1/agents/another/suspension")
                .statusCode();
        int nobody = given().auth()
                .oauth2(tokens.person("ben"))
                .delete("/v1/me/delegation")
                .statusCode();

        // Then
        assertThat(again.<String>path("reason")).as(again.asString()).isEqualTo("leave");
        assertThat(List.of(suspended.statusCode(), notSuspended, nobody)).containsExactly(200, 404, 204);
        assertThat(Database.directoryVersion()).isEqualTo(before);

        // When
        delegate(ann, Map.of("to", "ben", "since", NOW, "until", LATER));

        // Then
        assertThat(Database.directoryVersion()).isEqualTo(before + 1);
    }

    private static Response delegate(String token, Map<String, ?> body) {
        Map<String, String> texts = body.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(texts)
                .put("/v1/me/delegation");
    }

    private static Response suspend(String token) {
        return suspend(token, AGENT.value(), Map.of("reason", "it exports too much"));
    }

    private static Response suspend(String token, String agent, Map<String, ?> body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/v1/agents/{agent}/suspension", agent);
    }

    private static int lift(String token) {
        return given().auth()
                .oauth2(token)
                .delete("/v1/agents/{agent}/suspension", AGENT.value())
                .statusCode();
    }

    private Roster roster() {
        return rosters.current().await().atMost(PATIENCE);
    }

    private static Reviewer reviewer(String subject) {
        return new Reviewer(
                new Person(subject, null), List.of(), Identification.BEARER_TOKEN, "https://issuer.example.com");
    }
}
