package io.obstat.policy.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** The wiring: configuration, security and readiness of the whole service, without a Kafka to talk to. */
@QuarkusTest
@QuarkusTestResource(Issuer.class)
class PoliciesResourceTest {

    @Test
    void shouldNameThePolicySetInForce() {
        // Given a good token
        RequestSpecification request = given().auth().oauth2(Issuer.token("obstat"));
        // When asked, Then
        request.get("/v1/policies/current")
                .then()
                .statusCode(200)
                .body("name", equalTo("two-rules"))
                .body("digest", matchesPattern("sha256:[0-9a-f]{64}"))
                .body("rules", contains("reads", "no-drops"));
    }

    @Test
    void shouldRefuseWhoeverBringsNoTokenThatIsGoodHere() {
        // Given no token, and tokens for others, of others, of yesterday, and of nobody
        for (String token : new String[] {
            "", Issuer.token("something-else"), Issuer.foreignToken(), Issuer.expiredToken(), "not.a.token"
        }) {
            RequestSpecification request =
                    token.isEmpty() ? given() : given().auth().oauth2(token);
            // When asked, Then
            request.get("/v1/policies/current")
                    .then()
                    .statusCode(401)
                    .contentType(startsWith("application/problem+json"))
                    .header("WWW-Authenticate", "Bearer")
                    .body("detail", containsString("send one that the issuer gave"));
        }
    }

    @Test
    void shouldSayWhatIsWrongWithARequestForSomethingElse() {
        // Given a good token
        RequestSpecification request = given().auth().oauth2(Issuer.token("obstat"));
        // When asked for what is not there, Then
        request.get("/v1/policies/other")
                .then()
                .statusCode(404)
                .contentType(startsWith("application/problem+json"))
                .body("status", equalTo(404));
    }

    @Test
    void shouldNotBeReadyWhileKafkaIsAway() {
        // Given no Kafka, When asked, Then the service lives and is not ready
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.name", hasItem("verdicts"))
                .body("checks.find { it.name == 'verdicts' }.data.policySetAnnounced", equalTo(false));
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void shouldDescribeItsApi() {
        // Given the OpenAPI document, When asked for, Then
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/v1/policies/current'.get.summary", equalTo("The policy set in force"));
    }
}
