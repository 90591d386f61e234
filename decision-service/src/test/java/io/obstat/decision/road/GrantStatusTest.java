package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway that is not ours asks whether a grant is good; an agent gives one back. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class GrantStatusTest {

    private static final String INACTIVE = "{\"active\":false}";

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldTellItsAgentAndGatewaysWhatAGoodGrantSays() {
        // Given
        ActionRequested request = allowed();
        Decision decision = decision(request);
        String token = Door.grant(decision).token();

        // When
        Response gateway = Door.introspect(tokens.person("api-gateway", "grant-gateways"), token);
        Response agent = Door.introspect(tokens.agent("etl-agent"), token);

        // Then
        assertThat(gateway.statusCode()).as(gateway.asString()).isEqualTo(200);
        assertThat(gateway.header("Cache-Control")).isEqualTo("no-store");
        assertThat(gateway.<Boolean>path("active")).isTrue();
        assertThat(gateway.<String>path("jti"))
                .isEqualTo(GrantId.of(request.actionId()).value());
        assertThat(gateway.<String>path("sub")).isEqualTo("etl-agent");
        assertThat(gateway.<String>path("client_id")).isEqualTo("etl-agent");
        assertThat(gateway.<String>path("iss")).isEqualTo("http://decisions.example.com");
        assertThat(gateway.<String>path("aud")).isEqualTo("obstat");
        assertThat(gateway.<Integer>path("iat"))
                .isEqualTo((int) decision.decidedAt().getEpochSecond());
        assertThat(gateway.<Integer>path("exp"))
                .isEqualTo((int) Door.grant(decision).expiresAt().getEpochSecond());
        assertThat(gateway.<String>path("action_id"))
                .isEqualTo(request.actionId().value());
        assertThat(gateway.<String>path("action_digest"))
                .isEqualTo(request.digest().value());
        assertThat(gateway.<String>path("authorization_details[0].action_type")).isEqualTo("data.export");
        assertThat(agent.asString()).isEqualTo(gateway.asString());
    }

    @Test
    void shouldTellNothingOfAGrantThatIsNotGoodNotOursOrNotTheCallers() {
        // Given
        ActionRequested used = allowed();
        String usedToken = Door.grant(decision(used)).token();
        Door.redeem(tokens.agent("etl-agent"), usedToken, used.digest());
        String good = Door.grant(decision(allowed())).token();
        String gateway = tokens.person("api-gateway", "grant-gateways");

        // When
        List<Response> answers = List.of(
                Door.introspect(gateway, usedToken),
                Door.introspect(gateway, "nonsense"),
                Door.introspect(gateway, decision(used).statement()),
                Door.introspect(gateway, tokens.agent("etl-agent")),
                Door.introspect(tokens.agent("other-agent"), good));
        Response person = Door.introspect(tokens.person("ann", "data-governance"), good);
        Response nobody = given().formParam("token", good).post("/v1/grants/introspect");
        Response nothing =
                given().auth().oauth2(gateway).formParam("other", "x").post("/v1/grants/introspect");

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers).extracting(Response::asString).containsOnly(INACTIVE);
        assertThat(List.of(person, nobody, nothing))
                .extracting(Response::statusCode)
                .containsExactly(403, 401, 400);
        assertThat(person.<String>path("detail")).contains("grant-gateways");
        assertThat(nothing.<String>path("error")).isEqualTo("invalid_request");
        assertThat(nothing.<String>path("error_description")).isNotBlank();
    }

    @Test
    void shouldVoidAGrantThatItsAgentGivesBackAndNoOther() {
        // Given
        ActionRequested request = allowed();
        String token = Door.grant(decision(request)).token();
        String agent = tokens.agent("etl-agent");

        // When
        Response foreign = Door.giveBack(tokens.agent("other-agent"), token);
        String afterForeign = Door.introspect(agent, token).asString();
        Response nonsense = Door.giveBack(agent, "nonsense");
        Response person = Door.giveBack(tokens.person("ann"), token);
        Response own = Door.giveBack(agent, token);
        Response again = Door.giveBack(agent, token);
        Response nothing = given().auth().oauth2(agent).formParam("other", "x").post("/v1/grants/revoke");

        // Then
        assertThat(List.of(foreign, nonsense, own, again, person, nothing))
                .extracting(Response::statusCode)
                .containsExactly(200, 200, 200, 200, 403, 400);
        assertThat(nothing.<String>path("error")).isEqualTo("invalid_request");
        assertThat(afterForeign).contains("\"active\":true");
        assertThat(Door.introspect(agent, token).asString()).isEqualTo(INACTIVE);
        Door.assertRefused(Door.redeem(agent, token, request.digest()), 410, "revoked");
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), DecisionRevoked.class))
                .singleElement()
                .satisfies(revoked -> assertThat(revoked.review()).isNull());
    }

    @Test
    void shouldLeaveAGrantThatWasTakenUpAsItIs() {
        // Given
        ActionRequested request = allowed();
        String token = Door.grant(decision(request)).token();
        String agent = tokens.agent("etl-agent");
        Door.redeem(agent, token, request.digest());

        // When
        Response given = Door.giveBack(agent, token);
        Response reported = Door.report(agent, GrantId.of(request.actionId()).value(), Map.of("result", "succeeded"));

        // Then
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(reported.statusCode()).isEqualTo(201);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), DecisionRevoked.class)).isEmpty();
    }

    @Test
    void shouldSayWhereThisIsFromTheIssuerAlone() {
        // When
        Response metadata = given().get("/.well-known/oauth-authorization-server");

        // Then
        assertThat(metadata.<Map<String, Object>>path(""))
                .containsEntry("issuer", "http://decisions.example.com")
                .containsEntry("jwks_uri", "http://decisions.example.com/.well-known/jwks.json")
                .containsEntry("introspection_endpoint", "http://decisions.example.com/v1/grants/introspect")
                .containsEntry("revocation_endpoint", "http://decisions.example.com/v1/grants/revoke")
                .containsEntry("authorization_details_types_supported", List.of("obstat_action"));
    }

    private ActionRequested allowed() {
        ActionRequested request = Asked.request();
        road.verdict(Examples.allowed(request)).join();
        return request;
    }

    private Decision decision(ActionRequested request) {
        return Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0));
    }
}
