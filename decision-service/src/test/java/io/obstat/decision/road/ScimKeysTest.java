package io.obstat.decision.road;

import static io.obstat.decision.road.Provisioner.GROUPS;
import static io.obstat.decision.road.Provisioner.USERS;
import static io.obstat.decision.road.Provisioner.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Roster;
import io.obstat.decision.reactive.Rosters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a key that SCIM takes from somebody: it gives nothing until it is given to somebody. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class ScimKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nobody else's: all tests share one directory. */
    private final String mark = UUID.randomUUID().toString();

    private final String ann = "ann-%s@corp.com".formatted(mark);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Rosters rosters;

    /** Entra renames whom it deletes softly, and tells the new name with the deactivation. */
    @Test
    void shouldGiveNothingToATokenOfSomebodyWhomEntraDeletedSoftly() {
        // Given
        String id = take(ann);
        assertThat(groups(ann)).containsExactly("team-" + mark);

        // When
        Response deleted = entraDeletesSoftly(id);

        // Then
        assertThat(deleted.statusCode()).as(deleted.asString()).isEqualTo(200);
        assertThat(groups(ann, "from-token")).isEmpty();
        assertThat(roster().hasLeft(token(ann)))
                .as("a vote of theirs counts no more")
                .isTrue();

        // When Entra restores them
        Response restored = rename(id, ann, true);

        // Then
        assertThat(restored.statusCode()).as(restored.asString()).isEqualTo(200);
        assertThat(groups(ann, "from-token")).containsExactly("team-" + mark);
        assertThat(groups(deletedName(), "from-token")).isEmpty();
    }

    @Test
    void shouldRememberWhoseAKeyWasThatWasTakenByARename() {
        // Given somebody without an address, by which they could be tied to what they were
        String id = take(ann);

        // When
        rename(id, "new-" + ann, true);

        // Then
        assertThat(groups("new-" + ann)).containsExactly("team-" + mark);
        assertThat(groups(ann, "from-token")).isEmpty();
        assertThat(roster().keys(new Person("new-" + ann, null)))
                .as("what they own under the old name is still theirs")
                .contains(ann);
    }

    @Test
    void shouldGiveAFreedKeyToSomebodyElse() {
        // Given two names that became free
        String id = take(ann);
        rename(id, "new-" + ann, true);
        rename(id, "newest-" + ann, true);

        // When one is given to a person who comes, and one to a person who is there
        Response coming = provisioner().create(ann);
        String other = provisioner().create("other-" + ann).path("id");
        Response given = rename(other, "new-" + ann, true);
        provisioner()
                .createGroup("others-" + mark, coming.path("id"), other)
                .then()
                .statusCode(201);

        // Then
        assertThat(coming.statusCode()).as(coming.asString()).isEqualTo(201);
        assertThat(given.statusCode()).as(given.asString()).isEqualTo(200);
        assertThat(groups(ann, "from-token")).containsExactly("others-" + mark);
        assertThat(groups("new-" + ann, "from-token")).containsExactly("others-" + mark);
        assertThat(groups("newest-" + ann)).containsExactly("team-" + mark);
        assertThat(roster().keys(new Person(ann, null)))
                .as("who has the name now is not who had it")
                .doesNotContain("newest-" + ann);
    }

    @Test
    void shouldTakeAKeyOfTheExtensionFromSomebodyWhoStays() {
        // Given
        String id = provisioner()
                .request()
                .body("""
                        {"userName": "%1$s", "urn:obstat:scim:schemas:1.0:User": {"oidc": ["%1$s", "sub-%2$s"], "slack": ["T1/U%3$s"]}}""".formatted(ann, mark, chatUser()))
                .post(USERS)
                .path("id");

        // When
        Response patched = provisioner().patch(USERS + "/" + id, """
                {"op": "replace", "path": "urn:obstat:scim:schemas:1.0:User:oidc", "value": ["%s"]},
                {"op": "remove", "path": "urn:obstat:scim:schemas:1.0:User:slack"}""".formatted(ann));

        // Then
        assertThat(patched.statusCode()).as(patched.asString()).isEqualTo(200);
        assertThat(groups("sub-" + mark, "from-token")).isEmpty();
        assertThat(roster().hasLeft(new Reviewer(
                        new Person("U" + chatUser(), null), List.of(), Identification.CHAT, "slack:T1")))
                .isTrue();
        assertThat(roster().hasLeft(token(ann))).isFalse();
    }

    /** The sub is compared exactly, and so must be what is provisioned; whoever is known otherwise is known. */
    @Test
    void shouldCountTheTokensGroupsForNobodyWhoIsHalfKnown() {
        // Given somebody whose name is provisioned, and whose address
        String body = "{\"userName\": \"%s\", \"active\": false, \"emails\": [{\"value\": \"mail-%s\"}]}";
        provisioner()
                .request()
                .body(body.formatted(ann, ann))
                .post(USERS)
                .then()
                .statusCode(201);

        // Then
        assertThat(groups(ann.toUpperCase(java.util.Locale.ROOT), "from-token")).isEmpty();
        assertThat(roster().groups(new Reviewer(
                        new Person("uuid-" + mark, "mail-" + ann),
                        List.of("from-token"),
                        Identification.BEARER_TOKEN,
                        "https://issuer.example.com")))
                .isEmpty();
        assertThat(groups("uuid-" + mark, "from-token")).containsExactly("from-token");
    }

    @Test
    void shouldNotBringSomebodyBackByAReplacementThatDoesNotSaySo() {
        // Given
        String id = take(ann);
        rename(id, ann, false);

        // When
        Response replaced = provisioner()
                .request()
                .body("{\"userName\": \"%s\", \"title\": \"Dr\"}".formatted(ann))
                .put(USERS + "/" + id);

        // Then
        assertThat(replaced.<Boolean>path("active")).as(replaced.asString()).isFalse();
        assertThat(groups(ann, "from-token")).isEmpty();
    }

    @Test
    void shouldAnswerTextThatNoDatabaseTakesAsAFaultOfTheRequest() {
        // Given
        String id = take(ann);

        // Then
        assertFault(
                provisioner()
                        .request()
                        .body("""
                        {"userName": "%1$s", "urn:obstat:scim:schemas:1.0:User": {"oidc": ["%1$s", "%2$s"]}}""".formatted(ann, ann.replace("ann-", "Ann-")))
                        .put(USERS + "/" + id),
                400,
                "invalidValue");
        assertFault(
                provisioner().request().get(USERS + "?filter={f}", "userName eq \"a\\u0000\""), 400, "invalidFilter");
        for (String path : List.of(USERS, GROUPS)) {
            assertFault(provisioner().request().get(path + "/{id}", "a\0"), 404, null);
            assertFault(provisioner().request().delete(path + "/{id}", "a\0"), 404, null);
        }
        assertFault(
                provisioner()
                        .request()
                        .body("{\"userName\": \"x\", \"externalId\": \"a\\u0000\"}")
                        .post(USERS),
                400,
                "invalidValue");
        assertFault(provisioner().createGroup("g-" + mark, "a\\u0000"), 400, "invalidValue");
    }

    private String chatUser() {
        return mark.replace("-", "").toUpperCase(java.util.Locale.ROOT);
    }

    /** Somebody in one team. */
    private String take(String userName) {
        String id = provisioner().create(userName).path("id");
        provisioner().createGroup("team-" + mark, id).then().statusCode(201);
        return id;
    }

    private String deletedName() {
        return mark.replace("-", "") + ann;
    }

    private Response entraDeletesSoftly(String id) {
        return provisioner().patch(USERS + "/" + id, """
                {"op": "Replace", "path": "userName", "value": "%s"},
                {"op": "Replace", "path": "active", "value": "False"}""".formatted(deletedName()));
    }

    private Response rename(String id, String name, boolean active) {
        return provisioner()
                .request()
                .body("{\"userName\": \"%s\", \"active\": %s}".formatted(name, active))
                .put(USERS + "/" + id);
    }

    private Provisioner provisioner() {
        return new Provisioner(tokens.person("okta", "scim-provisioners"));
    }

    private Set<String> groups(String subject, String... fromToken) {
        return roster().groups(token(subject, fromToken));
    }

    private Roster roster() {
        return rosters.current().await().atMost(PATIENCE);
    }

    private static Reviewer token(String subject, String... groups) {
        return new Reviewer(
                new Person(subject, null), List.of(groups), Identification.BEARER_TOKEN, "https://issuer.example.com");
    }
}
