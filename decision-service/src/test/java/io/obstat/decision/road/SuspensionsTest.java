package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Examples;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.kafka.Road;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose agent it is, when only its registration says so; and agents whose ids are people's keys. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class SuspensionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AgentId agent = new AgentId("agent-" + UUID.randomUUID());

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Rosters rosters;

    @Inject
    Listings listings;

    @Inject
    Road road;

    @BeforeEach
    void list() {
        listings.apply(DirectoryFile.parse("""
                        people:
                          - {id: a, identities: {oidc: [ann], email: [ann@example.com]}, groups: [obstat-admins]}
                          - {id: b, identities: {oidc: [ben], email: [ben@example.com]}, groups: [oncall]}
                          - {id: o, identities: {oidc: [olga], email: [olga@corp.com]}, groups: [obstat-admins]}
                        """.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);
    }

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldTakeTheOwnerOfTheRegistrationForAnOwner() {
        // Given an agent that nobody has named in the file, and that has asked for something twice since it changed
        // hands
        asks(new Person("somebody-before", null), Instant.now().minusSeconds(60));
        asks(new Person("owner-1", "Olga@corp.com"), Instant.now());

        // When
        Response byOwner = suspend(tokens.person("owner-1"), agent.value());
        Response byWhoeverSaysSo = suspend(tokens.person("stranger"), agent.value());
        Response byFormerOwner = suspend(tokens.person("somebody-before"), agent.value());

        // Then
        assertThat(byOwner.statusCode()).as(byOwner.asString()).isEqualTo(200);
        assertThat(List.of(byWhoeverSaysSo.statusCode(), byFormerOwner.statusCode()))
                .containsOnly(403);

        // When / Then: olga is the owner under another key
        assertThat(lift(tokens.person("olga"), agent.value())).isEqualTo(403);
        assertThat(lift(tokens.person("ann"), agent.value())).isEqualTo(204);
    }

    @Test
    void shouldLetNoOwnerSuspendWhoHasLeft() {
        // Given
        asks(new Person("ben", null), Instant.now());
        listings.apply(DirectoryFile.parse("people: [{id: a, identities: {oidc: [ann]}, groups: [obstat-admins]}]"
                        .getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(suspend(tokens.person("ben"), agent.value()).statusCode()).isEqualTo(403);
        assertThat(suspend(tokens.person("BEN"), agent.value()).statusCode())
                .as("nor under another spelling")
                .isEqualTo(403);
    }

    /** An address gives nobody a right, neither one that two have nor one that a token has for its subject. */
    @Test
    void shouldLetNobodySuspendByTheAddressOfAnOwner() throws SQLException {
        // Given
        asks(new Person("ben", "ben@example.com"), Instant.now());
        Database.execute("""
                insert into decision.members (id, source, active, deleted, created_at, changed_at)
                values ('c', 'scim', true, false, now(), now());
                insert into decision.identities (member_id, channel, value)
                values ('c', 'OIDC', 'cat'), ('c', 'EMAIL', 'ben@example.com');
                update decision.directory_version set version = version + 1""");

        // When
        Response bySharing = suspend(tokens.person("cat"), agent.value());
        Response byAddress = suspend(tokens.person("ben@example.com"), agent.value());
        Response byOwner = suspend(tokens.person("ben"), agent.value());

        // Then
        assertThat(List.of(bySharing.statusCode(), byAddress.statusCode(), byOwner.statusCode()))
                .containsExactly(403, 403, 200);
    }

    @Test
    void shouldSuspendAnAgentWhoseIdIsSomebodysKeyAndNotThePerson() {
        // When
        Response suspended = suspend(tokens.person("ann"), "ben");

        // Then
        assertThat(suspended.statusCode()).as(suspended.asString()).isEqualTo(200);
        assertThat(roster().isSuspended(new AgentId("ben"))).isTrue();
        Reviewer ben = new Reviewer(
                new Person("ben", null), List.of(), Identification.BEARER_TOKEN, "https://issuer.example.com");
        assertThat(roster().isAgent(ben)).as("ben can still review").isFalse();
        assertThat(roster().groups(ben)).containsExactly("oncall");
        assertThat(lift(tokens.person("ann"), "ben")).isEqualTo(204);
    }

    private void asks(Person owner, Instant at) {
        var request = Examples.request(UUID.randomUUID().toString(), agent, owner, null, at, null);
        assertThat(road.verdict(Examples.allowed(request)).join()).isEmpty();
    }

    private static Response suspend(String token, String agent) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "it exports too much"))
                .put("/v1/agents/{agent}/suspension", agent);
    }

    private static int lift(String token, String agent) {
        return given().auth()
                .oauth2(token)
                .delete("/v1/agents/{agent}/suspension", agent)
                .statusCode();
    }

    private Roster roster() {
        return rosters.current().await().atMost(PATIENCE);
    }
}
