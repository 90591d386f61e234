package io.obstat.decision.road;

import static io.obstat.decision.road.Provisioner.GROUPS;
import static io.obstat.decision.road.Provisioner.USERS;
import static io.obstat.decision.road.Provisioner.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listing;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.reactive.Rosters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** SCIM as identity providers use it, from the wire through a real database into the roster. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class ScimTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nobody else's: all tests share one directory. */
    private final String mark = UUID.randomUUID().toString();

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Rosters rosters;

    @Inject
    Listings listings;

    /** The requests of https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20, in their order. */
    @Test
    void shouldServeOkta() {
        // Given
        String name = "test.user." + mark + "@okta.local";

        // When it looks whether the user is there, and takes them in
        Response none = scim().get(USERS + "?filter={f}&startIndex=1&count=100", "userName eq \"%s\"".formatted(name));
        Response created = scim().body("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%1$s",
                 "name": {"givenName": "Test", "familyName": "User"},
                 "emails": [{"primary": true, "value": "%1$s", "type": "work"}],
                 "displayName": "Test User", "locale": "en-US", "externalId": "ext-%2$s", "groups": [],
                 "password": "1mz050nq", "active": true}""".formatted(name, mark)).post(USERS);

        // Then
        assertThat(none.statusCode()).as(none.asString()).isEqualTo(200);
        assertThat(none.<Integer>path("totalResults")).isZero();
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(created.contentType()).startsWith("application/scim+json");
        assertThat(created.asString()).doesNotContain("1mz050nq");
        String id = created.path("id");
        assertThat(created.header("Location"))
                .endsWith("/scim/v2/Users/" + id)
                .isEqualTo(created.path("meta.location"));
        assertThat(groups(name, "from-token")).isEmpty();

        // When it pushes a group, renames it, and puts the user in
        Response group = scim().body("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Test %s", "members": []}""".formatted(mark)).post(GROUPS);
        String groupId = group.path("id");
        Response renamed = patch(GROUPS + "/" + groupId, """
                {"op": "replace", "value": {"id": "%s", "displayName": "Team %s"}}""".formatted(groupId, mark));
        Response joined = patch(GROUPS + "/" + groupId, """
                {"op": "remove", "path": "members[value eq \\"23a35c27-23d3-4c03-b4c5-6443c09e7173\\"]"},
                {"op": "add", "path": "members", "value": [{"value": "%s", "display": "%s"}]}""".formatted(id, name));

        // Then
        assertThat(List.of(group.statusCode(), renamed.statusCode(), joined.statusCode()))
                .as(joined.asString())
                .containsExactly(201, 204, 204);
        assertThat(groups(name, "from-token")).containsExactly("Team " + mark);
        assertThat(scim().get(GROUPS + "/" + groupId).<List<String>>path("members.value"))
                .containsExactly(id);

        // When it deactivates and reactivates the user, by PUT and by PATCH
        Response off = patch(USERS + "/" + id, "{\"op\": \"replace\", \"value\": {\"active\": false}}");
        Set<String> whileOff = groups(name, "from-token");
        Response on = scim().body("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "%s", "userName": "%s", "active": true,
                 "name": {"givenName": "Another", "familyName": "User"}, "meta": {"resourceType": "User"}}""".formatted(id, name)).put(USERS + "/" + id);

        // Then
        assertThat(off.<Boolean>path("active")).isFalse();
        assertThat(whileOff).isEmpty();
        assertThat(on.<String>path("name.givenName")).isEqualTo("Another");
        assertThat(groups(name)).containsExactly("Team " + mark);

        // When it deletes the group
        assertThat(scim().delete(GROUPS + "/" + groupId).statusCode()).isEqualTo(204);

        // Then
        assertThat(groups(name)).isEmpty();
        assertThat(scim().get(GROUPS + "/" + groupId).statusCode()).isEqualTo(404);
    }

    /** The requests of https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups. */
    @Test
    void shouldServeEntra() {
        // Given
        String name = "Test_User_" + mark;
        Response created = scim().body("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId": "%1$s", "userName": "%2$s", "active": true,
                 "emails": [{"primary": true, "type": "work", "value": "%2$s@testuser.com"}],
                 "meta": {"resourceType": "User"},
                 "name": {"formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName"},
                 "roles": []}""".formatted(mark, name)).post(USERS);
        String id = created.path("id");
        Response group = scim().body("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
                             "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                 "externalId": "%1$s", "displayName": "Group %1$s", "meta": {"resourceType": "Group"}}""".formatted(mark)).post(GROUPS);
        String groupId = group.path("id");

        // When
        Response found = scim().get(USERS + "?filter={f}", "externalId eq \"%s\"".formatted(mark));
        Response updated = patch(USERS + "/" + id, """
                {"op": "Replace", "path": "emails[type eq \\"work\\"].value", "value": "updated-%s@microsoft.com"},
                {"op": "Replace", "path": "name.familyName", "value": "updatedFamilyName"}""".formatted(mark));
        Response joined = patch(GROUPS + "/" + groupId, """
                {"op": "Add", "path": "members", "value": [{"$ref": null, "value": "%s"}]}""".formatted(id));
        Set<String> in = groups(name);
        Response byName = scim().get(
                        GROUPS + "?excludedAttributes=members&filter={f}",
                        "displayName eq \"Group %s\"".formatted(mark));
        Response left = patch(GROUPS + "/" + groupId, """
                {"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "%s"}]}""".formatted(id));
        Set<String> out = groups(name);
        Response disabled =
                patch(USERS + "/" + id, "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}");

        // Then
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(group.statusCode()).as(group.asString()).isEqualTo(201);
        assertThat(found.<List<String>>path("Resources.id")).containsExactly(id);
        assertThat(updated.statusCode()).as(updated.asString()).isEqualTo(200);
        assertThat(updated.<List<String>>path("emails.value"))
                .containsExactly("updated-%s@microsoft.com".formatted(mark));
        assertThat(updated.<String>path("name.familyName")).isEqualTo("updatedFamilyName");
        assertThat(List.of(joined.statusCode(), left.statusCode())).containsOnly(204);
        assertThat(in).containsExactly("Group " + mark);
        assertThat(out).isEmpty();
        assertThat(byName.<List<Object>>path("Resources.members")).containsOnlyNulls();
        assertThat(byName.<List<String>>path("Resources.id")).containsExactly(groupId);
        assertThat(disabled.<Boolean>path("active")).isFalse();
        assertThat(groups(name, "from-token")).isEmpty();
    }

    @Test
    void shouldRememberWhoWasDeletedAndReviveThemOnlyWhenTheyAreProvisionedAgain() {
        // Given
        String id = create(mark).path("id");

        // When
        int deleted = scim().delete(USERS + "/" + id).statusCode();

        // Then
        assertThat(deleted).isEqualTo(204);
        assertThat(groups(mark, "from-token")).as("a token revives nobody").isEmpty();
        assertThat(scim().get(USERS + "/" + id).statusCode()).isEqualTo(404);
        assertThat(scim().delete(USERS + "/" + id).statusCode()).isEqualTo(404);
        assertThat(scim().get(USERS + "?filter={f}", "userName eq \"%s\"".formatted(mark))
                        .<Integer>path("totalResults"))
                .isZero();

        // When
        Response again = create(mark);
        join(again.path("id"));

        // Then
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(201);
        assertThat(again.<String>path("id")).isEqualTo(id);
        assertThat(groups(mark, "from-token")).containsExactly("group-" + mark);
    }

    @Test
    void shouldGiveAKeyToOnePersonOnly() {
        // Given
        create(mark);
        String other = create("other-" + mark).path("id");
        listings.apply(DirectoryFile.parse("people: [{id: filed, identities: {oidc: [filed-%s]}}]"
                        .formatted(mark)
                        .getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);

        // When
        Response sameName = create(mark.toUpperCase(java.util.Locale.ROOT));
        Response sameKey = patch(
                USERS + "/" + other,
                "{\"op\": \"add\", \"path\": \"urn:obstat:scim:schemas:1.0:User:oidc\", \"value\": [\"%s\"]}"
                        .formatted(mark));
        Response fromFile = create("filed-" + mark);
        listings.apply(Listing.NONE).await().atMost(PATIENCE);
        Response takenOver = create("filed-" + mark);

        // Then
        assertFault(sameName, 409, "uniqueness");
        assertFault(sameKey, 409, "uniqueness");
        assertFault(fromFile, 409, "uniqueness");
        assertThat(takenOver.statusCode()).as(takenOver.asString()).isEqualTo(201);
        assertThat(groups("other-" + mark, "from-token")).isEmpty();
    }

    @Test
    void shouldTellNobodyOfAPatchThatChangesNothing() throws SQLException {
        // Given
        String id = create(mark).path("id");
        String group = provisioner().createGroup("group-" + mark, id).path("id");
        int before = Database.directoryVersion();

        // When
        Response user = patch(USERS + "/" + id, "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}");
        Response joined = patch(
                GROUPS + "/" + group,
                "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}".formatted(id));

        // Then
        assertThat(List.of(user.statusCode(), joined.statusCode())).containsExactly(200, 204);
        assertThat(Database.directoryVersion()).isEqualTo(before);
    }

    @Test
    void shouldPage() {
        // Given
        for (int i = 0; i < 3; i++) {
            create(i + "-" + mark);
        }

        // When
        Response first = scim().get(USERS + "?startIndex=1&count=2");
        int total = first.path("totalResults");
        Response behind = scim().get(USERS + "?startIndex={n}", total + 1);
        Response none = scim().get(USERS + "?count=0");

        // Then
        assertThat(first.<List<String>>path("Resources.id")).hasSize(2);
        assertThat(first.<Integer>path("itemsPerPage")).isEqualTo(2);
        assertThat(total).isGreaterThanOrEqualTo(3);
        assertThat(behind.<Integer>path("totalResults")).isEqualTo(total);
        assertThat(behind.<List<String>>path("Resources")).isEmpty();
        assertThat(none.<Integer>path("totalResults")).isEqualTo(total);
        assertThat(none.<List<String>>path("Resources")).isEmpty();
    }

    @Test
    void shouldAnswerFaultsAsScimDoes() {
        // Given
        String id = create(mark).path("id");

        // Then
        assertFault(scim().get(USERS + "?filter={f}", "title pr"), 400, "invalidFilter");
        assertFault(scim().body("nonsense").post(USERS), 400, "invalidSyntax");
        assertFault(scim().body("{}").post(USERS), 400, "invalidValue");
        assertFault(scim().body("{}").put(USERS + "/" + id), 400, "invalidValue");
        assertFault(
                patch(USERS + "/" + id, "{\"op\": \"replace\", \"path\": \"emails[\", \"value\": 1}"),
                400,
                "invalidPath");
        assertFault(
                scim().body("{\"displayName\": \"x\", \"members\": [{\"value\": \"nobody\"}]}")
                        .post(GROUPS),
                400,
                "invalidValue");
        assertFault(scim().get(USERS + "/nobody"), 404, null);
        assertFault(patch(GROUPS + "/none", "{\"op\": \"add\", \"path\": \"members\", \"value\": []}"), 404, null);
        assertThat(groups(mark, "from-token")).as("nothing was changed").isEmpty();
    }

    @Test
    void shouldSayWhatItCanDo() {
        // When
        Response config = scim().get("/scim/v2/ServiceProviderConfig");
        Response types = scim().get("/scim/v2/ResourceTypes");
        Response schemas = scim().get("/scim/v2/Schemas");

        // Then
        assertThat(config.<Boolean>path("patch.supported")).isTrue();
        assertThat(types.<List<String>>path("Resources.endpoint")).containsExactly("/Users", "/Groups");
        List<String> ids = schemas.path("Resources.id");
        assertThat(ids).contains("urn:obstat:scim:schemas:1.0:User");
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(scim().get("/scim/v2/Schemas/{id}", id).<String>path("id"))
                                .isEqualTo(id));
        assertFault(scim().get("/scim/v2/Schemas/none"), 404, null);
    }

    private Response create(String userName) {
        return provisioner().create(userName);
    }

    private void join(String user) {
        provisioner().createGroup("group-" + mark, user).then().statusCode(201);
    }

    private Response patch(String path, String operations) {
        return provisioner().patch(path, operations);
    }

    private RequestSpecification scim() {
        return provisioner().request();
    }

    private Provisioner provisioner() {
        return new Provisioner(tokens.person("okta", "scim-provisioners"));
    }

    private Set<String> groups(String subject, String... fromToken) {
        Reviewer reviewer = new Reviewer(
                new Person(subject, null),
                List.of(fromToken),
                Identification.BEARER_TOKEN,
                "https://issuer.example.com");
        return rosters.current().await().atMost(PATIENCE).groups(reviewer);
    }
}
