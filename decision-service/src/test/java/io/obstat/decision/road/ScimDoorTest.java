package io.obstat.decision.road;

import static io.obstat.decision.road.Provisioner.GROUPS;
import static io.obstat.decision.road.Provisioner.USERS;
import static io.obstat.decision.road.Provisioner.assertFault;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may provision, and how much they get at once. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class ScimDoorTest {

    /** Nobody else's: all tests share one directory. */
    private final String mark = UUID.randomUUID().toString();

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Test
    void shouldAdmitProvisionersOnly() {
        // Given
        RequestSpecification nobody = given();
        RequestSpecification person = given().auth().oauth2(tokens.person("ann", "obstat-admins", "data-governance"));
        RequestSpecification agent = given().auth().oauth2(tokens.agentFor("ann", "etl-agent", "scim-provisioners"));

        // Then
        for (String path : List.of(USERS, GROUPS, "/scim/v2/ServiceProviderConfig", "/scim/v2/Schemas")) {
            Response anonymous = given().spec(nobody).get(path);
            assertFault(anonymous, 401, null);
            assertThat(anonymous.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertFault(given().spec(person).get(path), 403, null);
            assertFault(given().spec(agent).get(path), 403, null);
            assertFault(given().auth().oauth2(tokens.expired()).get(path), 401, null);
            assertThat(provisioner().request().get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldAdmitNobodyWhomTheDirectoryHasLetGo() {
        // Given somebody who may provision, and is a person in the directory
        Provisioner ann = new Provisioner(tokens.person(mark, "scim-provisioners"));
        String id = provisioner().create(mark).path("id");
        int whileActive = ann.request().get(USERS).statusCode();

        // When
        provisioner().patch(USERS + "/" + id, "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}");

        // Then they do not bring themselves back, nor under another spelling
        assertThat(whileActive).isEqualTo(200);
        assertFault(
                ann.patch(USERS + "/" + id, "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}"), 403, null);
        assertFault(
                new Provisioner(tokens.person(mark.toUpperCase(java.util.Locale.ROOT), "scim-provisioners"))
                        .request()
                        .get(USERS),
                403,
                null);
        assertThat(provisioner().request().get(USERS + "/" + id).<Boolean>path("active"))
                .isFalse();

        // When
        provisioner().request().delete(USERS + "/" + id);

        // Then
        assertFault(ann.create(mark), 403, null);
    }

    @Test
    void shouldListFewGroupsAtOnceWithTheirMembers() {
        // Given
        for (int i = 0; i < 11; i++) {
            provisioner().createGroup(i + "-" + mark).then().statusCode(201);
        }

        // When
        Response with = provisioner().request().get(GROUPS + "?count=200");
        Response without = provisioner().request().get(GROUPS + "?count=200&excludedAttributes=members");

        // Then
        assertThat(with.<List<String>>path("Resources.id")).hasSize(10);
        assertThat(with.<Integer>path("itemsPerPage")).isEqualTo(10);
        assertThat(with.<Integer>path("totalResults")).isGreaterThanOrEqualTo(11);
        assertThat(without.<List<String>>path("Resources.id")).hasSizeGreaterThanOrEqualTo(11);
    }

    private Provisioner provisioner() {
        return new Provisioner(tokens.person("okta", "scim-provisioners"));
    }
}
