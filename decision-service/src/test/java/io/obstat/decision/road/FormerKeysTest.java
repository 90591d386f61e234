package io.obstat.decision.road;

import static io.obstat.decision.road.Provisioner.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.reactive.Rosters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who had a key is known by it until it is given to somebody: nobody comes to approve their own by a new name or address. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class FormerKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String mark = UUID.randomUUID().toString();
    private final String ann = "ann-" + mark;
    private final AgentId etl = new AgentId("etl-" + mark);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Rosters rosters;

    @Inject
    Listings listings;

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldKeepAnOwnerByAnAddressThatTheyNoLongerHave() {
        // Given an agent whose owner is named by an address
        listings.apply(DirectoryFile.parse("{people: [], agents: [{id: %s, owners: {email: [ann@%s.com]}}]}"
                        .formatted(etl, mark)
                        .getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);
        String id = create(ann, "ann@%s.com".formatted(mark));
        assertThat(keys(ann)).as("before").containsAnyElementsOf(ownerKeys());

        // When they marry
        address(id, "ann.jones@%s.com".formatted(mark));

        // Then
        assertThat(keys(ann)).containsAnyElementsOf(ownerKeys());

        // When the address is given to somebody who comes
        create("ben-" + mark, "Ann@%s.com".formatted(mark));

        // Then
        assertThat(keys(ann)).doesNotContainAnyElementsOf(ownerKeys());
        assertThat(keys("ben-" + mark)).containsAnyElementsOf(ownerKeys());
    }

    @Test
    void shouldLeaveAnAddressToWhoeverElseHasIt() {
        // Given two who share an address
        String team = "team@%s.com".formatted(mark);
        String id = create(ann, team);
        create("ben-" + mark, team);
        assertThat(keys(ann)).contains("ben-" + mark);

        // When one has another
        address(id, "ann@%s.com".formatted(mark));

        // Then
        assertThat(keys(ann)).doesNotContain("ben-" + mark, team);
    }

    @Test
    void shouldTieNobodyToWhoHadTheirKeyBefore() {
        // Given somebody with two former names, and an address that they had in between
        String id = create(ann, "a@%s.com".formatted(mark));
        rename(id, "ann2-" + mark);
        rename(id, "ann3-" + mark);
        String ben = provisioner().create("ben-" + mark).path("id");

        // When the second name is given to somebody who is there
        Response given = rename(ben, "ann2-" + mark);

        // Then
        assertThat(given.statusCode()).as(given.asString()).isEqualTo(200);
        assertThat(keys("ann3-" + mark)).contains(ann, "a@%s.com".formatted(mark));
        assertThat(keys(ann)).contains("ann3-" + mark).doesNotContain("ann2-" + mark);
        assertThat(keys("ann2-" + mark)).containsExactlyInAnyOrder("ann2-" + mark, "ben-" + mark);
    }

    @Test
    void shouldGiveWithOneFormerKeyNoOther() {
        // Given a name and a chat user taken at once
        String chatUser = "U" + mark.replace("-", "").toUpperCase(java.util.Locale.ROOT);
        String id = provisioner()
                .request()
                .body("""
                        {"userName": "%s", "urn:obstat:scim:schemas:1.0:User": {"slack": ["T1/%s"]}}""".formatted(ann, chatUser))
                .post(USERS)
                .path("id");
        rename(id, "anna-" + mark);

        // When the name is given to a person who comes
        Response coming = provisioner().create(ann);

        // Then
        assertThat(coming.<String>path("id")).isNotEqualTo(id);
        assertThat(keys(ann)).containsExactly(ann);
        assertThat(keys("anna-" + mark)).contains("t1/" + chatUser.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void shouldBringBackWhoWasDeletedByTheirLastNameOnly() {
        // Given
        String id = provisioner().create(ann).path("id");
        rename(id, "anna-" + mark);
        provisioner().request().delete(USERS + "/" + id).then().statusCode(204);

        // When
        Response other = provisioner().create(ann);
        Response back = provisioner().create("anna-" + mark);

        // Then
        assertThat(other.<String>path("id")).isNotEqualTo(id);
        assertThat(back.<String>path("id")).isEqualTo(id);
        assertThat(keys("anna-" + mark)).containsExactly("anna-" + mark);
    }

    @Test
    void shouldKnowWhoComesBackByTheirFormerKeysToo() {
        // Given
        String id = create(ann, "a@%s.com".formatted(mark));
        rename(id, "anna-" + mark);
        provisioner().request().delete(USERS + "/" + id).then().statusCode(204);

        // When
        Response back = provisioner().create("anna-" + mark);

        // Then
        assertThat(back.<List<Object>>path("emails")).isNull();
        assertThat(keys("anna-" + mark)).containsExactlyInAnyOrder("anna-" + mark, ann, "a@%s.com".formatted(mark));
        assertThat(roster().hasLeft(token(ann))).isTrue();
        assertThat(roster().hasLeft(token("anna-" + mark))).isFalse();
        assertThat(roster().known(ann)).as("nobody is named by it").isEmpty();
    }

    private String create(String name, String address) {
        return provisioner()
                .request()
                .body("{\"userName\": \"%s\", \"emails\": [{\"value\": \"%s\"}]}".formatted(name, address))
                .post(USERS)
                .path("id");
    }

    private void address(String id, String address) {
        provisioner()
                .patch(
                        USERS + "/" + id,
                        "{\"op\": \"replace\", \"path\": \"emails\", \"value\": [{\"value\": \"%s\"}]}"
                                .formatted(address))
                .then()
                .statusCode(200);
    }

    private Response rename(String id, String name) {
        return provisioner()
                .request()
                .body("{\"userName\": \"%s\"}".formatted(name))
                .put(USERS + "/" + id);
    }

    private Provisioner provisioner() {
        return new Provisioner(tokens.person("okta", "scim-provisioners"));
    }

    private Set<String> keys(String subject) {
        return roster().keys(new Person(subject, null));
    }

    private Set<String> ownerKeys() {
        return roster().ownerKeys(etl);
    }

    private Roster roster() {
        return rosters.current().await().atMost(PATIENCE);
    }

    private static Reviewer token(String subject) {
        return new Reviewer(
                new Person(subject, null), List.of(), Identification.BEARER_TOKEN, "https://issuer.example.com");
    }
}
