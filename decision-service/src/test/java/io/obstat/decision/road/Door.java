package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import java.util.Objects;

/** The HTTP API, as people and agents use it. */
final class Door {

    private Door() {}

    static Response approval(String token, ActionId id) {
        return given().auth().oauth2(token).get("/v1/approvals/{id}", id.value());
    }

    static Response approvals(String token, Map<String, ?> query) {
        return given().auth().oauth2(token).queryParams(query).get("/v1/approvals");
    }

    static Response approve(String token, ActionId id, ActionDigest digest) {
        return review(token, id, Map.of("verb", "approve", "digest", digest.value()));
    }

    static Response reject(String token, ActionId id, ActionDigest digest, String reason) {
        return review(token, id, Map.of("verb", "reject", "digest", digest.value(), "reason", reason));
    }

    static Response review(String token, ActionId id, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/approvals/{id}/reviews", id.value());
    }

    static Response decision(String token, ActionId id, int wait) {
        return given().auth().oauth2(token).queryParam("wait", wait).get("/v1/decisions/{id}", id.value());
    }

    /** Waits as one who knows of this question already. */
    static Response decision(String token, ActionId id, int wait, String seen) {
        return given().auth()
                .oauth2(token)
                .queryParam("wait", wait)
                .queryParam("seen", seen)
                .get("/v1/decisions/{id}", id.value());
    }

    static Response answer(String token, ActionId id, String question, String answer) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("question", question, "answer", answer))
                .post("/v1/decisions/{id}/answers", id.value());
    }

    static Decision decided(Response response) {
        return Json.readEvent(response.asByteArray(), Decision.class);
    }

    /** The grant of an allowing decision. */
    static Grant grant(Decision decision) {
        return Objects.requireNonNull(decision.grant(), () -> "No grant in " + decision);
    }

    static Response redeem(String token, String grant, ActionDigest digest) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("grant", grant, "digest", digest.value()))
                .post("/v1/grants/redeem");
    }

    /** With a proof of a key. */
    static Response redeem(String token, String grant, ActionDigest digest, String proof) {
        return given().auth()
                .oauth2(token)
                .header("DPoP", proof)
                .contentType(ContentType.JSON)
                .body(Map.of("grant", grant, "digest", digest.value()))
                .post("/v1/grants/redeem");
    }

    static Response introspect(String token, String grant) {
        return given().auth().oauth2(token).formParam("token", grant).post("/v1/grants/introspect");
    }

    static Response giveBack(String token, String grant) {
        return given().auth().oauth2(token).formParam("token", grant).post("/v1/grants/revoke");
    }

    static Response report(String token, String grantId, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/grants/{id}/execution", grantId);
    }

    /** Asserts that it is a refusal for this cause, with an explanation. */
    static void assertRefused(Response response, int status, String cause) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.<String>path("cause")).isEqualTo(cause);
        assertThat(response.<String>path("detail")).isNotBlank();
    }
}
