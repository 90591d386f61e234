package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.jspecify.annotations.Nullable;

/** An identity provider that provisions by SCIM. */
final class Provisioner {

    static final String USERS = "/scim/v2/Users";
    static final String GROUPS = "/scim/v2/Groups";

    private static final String MEDIA_TYPE = "application/scim+json";

    private final String token;

    /** @param token of somebody who may provision */
    Provisioner(String token) {
        this.token = token;
    }

    RequestSpecification request() {
        // As bytes of this very type: RestAssured has no encoder for it.
        return given().auth()
                .oauth2(token)
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(MEDIA_TYPE, ContentType.TEXT)))
                .contentType(MEDIA_TYPE)
                .accept(MEDIA_TYPE);
    }

    /** A user of whom nothing but the name is known. */
    Response create(String userName) {
        return request().body("{\"userName\": \"%s\"}".formatted(userName)).post(USERS);
    }

    /** @param members ids of users */
    Response createGroup(String name, String... members) {
        String values = String.join("\"}, {\"value\": \"", members);
        return request()
                .body("{\"displayName\": \"%s\", \"members\": [%s]}"
                        .formatted(name, members.length == 0 ? "" : "{\"value\": \"%s\"}".formatted(values)))
                .post(GROUPS);
    }

    /** @param operations as JSON, with commas between them */
    Response patch(String path, String operations) {
        return request()
                .body("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": [%s]}"
                        .formatted(operations))
                .patch(path);
    }

    static void assertFault(Response response, int status, @Nullable String type) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith(MEDIA_TYPE);
        JsonPath fault = new JsonPath(response.asString());
        assertThat(fault.getList("schemas")).containsExactly("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(fault.getString("status")).isEqualTo(String.valueOf(status));
        assertThat(fault.getString("scimType")).isEqualTo(type);
        assertThat(fault.getString("detail")).isNotBlank();
    }
}
