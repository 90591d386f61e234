package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the document at {@code /q/openapi} against what is answered. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class OpenApiTest {

    @Test
    void shouldDocumentWhatIsAddedToADecisionAndWhatIsLeftOut() {
        // When
        Response document = given().accept("application/json").get("/q/openapi");

        // Then an agent is told of a revocation beside the decision
        String decision = "paths.'/v1/decisions/{actionId}'.get.responses.'200'.content.'application/json'.schema";
        assertThat(document.<List<Map<String, String>>>path(decision + ".allOf"))
                .extracting(part -> part.get("$ref"))
                .containsExactly("#/components/schemas/Decision", "#/components/schemas/RevokedBody");
        assertThat(document.<Map<String, ?>>path("components.schemas.RevokedBody.properties"))
                .containsOnlyKeys("revoked");
        assertThat(document.<Map<String, ?>>path("components.schemas.Grant.properties"))
                .containsKey("token");

        // And people are not shown the grant's token
        assertThat(document.asString()).contains("DecisionBody");
        assertThat(document.<Map<String, ?>>path("components.schemas.DecisionBody.properties"))
                .containsOnlyKeys(document.<Map<String, ?>>path("components.schemas.Decision.properties")
                        .keySet()
                        .toArray(String[]::new));
        assertThat(document.<Map<String, ?>>path("components.schemas.GrantBody.properties"))
                .containsOnlyKeys("id", "expiresAt");
    }

    @Test
    void shouldDocumentWhereAParameterCanBeOutOfOrder() {
        // When
        Response document = given().accept("application/json").get("/q/openapi");

        // Then
        for (String path : List.of("/v1/decisions/{actionId}", "/v1/reviewers", "/v1/reviewers/me")) {
            assertThat(document.<Map<String, ?>>path("paths.'%s'.get.responses".formatted(path)))
                    .as(path)
                    .containsKey("400");
        }
    }
}
