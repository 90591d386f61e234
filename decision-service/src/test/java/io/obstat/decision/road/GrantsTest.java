package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A grant is taken up once, by its agent, for its digest; its run is reported once. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class GrantsTest {

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldRefuseEveryRedemptionButTheFirstOfTheRightAgentForTheRightDigest() {
        // Given
        ActionRequested request = Asked.request();
        road.verdict(Examples.allowed(request)).join();
        String agent = tokens.agent("etl-agent");
        String grant = Door.grant(Door.decided(Door.decision(agent, request.actionId(), 0)))
                .token();
        GrantId grantId = GrantId.of(request.actionId());

        // When
        Response tooEarly = Door.report(agent, grantId.value(), Map.of("result", "succeeded"));
        Response changed = Door.redeem(agent, grant, Examples.otherDigest());
        Response foreign = Door.redeem(tokens.agent("other-agent"), grant, request.digest());
        Response person = Door.redeem(tokens.person("etl-agent"), grant, request.digest());
        Response forged = Door.redeem(agent, forged(grant), request.digest());
        Response first = Door.redeem(agent, grant, request.digest());
        Response second = Door.redeem(agent, grant, request.digest());

        // Then
        assertThat(tooEarly.statusCode()).isEqualTo(409);
        Door.assertRefused(changed, 403, "digest-differs");
        Door.assertRefused(foreign, 403, "foreign-agent");
        Door.assertRefused(person, 403, "foreign-agent");
        assertThat(forged.statusCode()).isEqualTo(400);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.<String>path("grantId")).isEqualTo(grantId.value());
        Door.assertRefused(second, 409, "already-redeemed");
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), GrantMisused.class))
                .extracting(GrantMisused::cause)
                .containsExactly(
                        GrantMisused.Cause.DIGEST_DIFFERS,
                        GrantMisused.Cause.FOREIGN_AGENT,
                        GrantMisused.Cause.FOREIGN_AGENT,
                        GrantMisused.Cause.ALREADY_REDEEMED);
    }

    @Test
    void shouldTakeOneReportOfARun() {
        // Given
        ActionRequested request = Asked.request();
        road.verdict(Examples.allowed(request)).join();
        String agent = tokens.agent("etl-agent");
        Decision decision = Door.decided(Door.decision(agent, request.actionId(), 0));
        String grant = Door.grant(decision).id().value();
        Door.redeem(agent, Door.grant(decision).token(), request.digest());

        // When
        Response foreign = Door.report(tokens.agent("other-agent"), grant, Map.of("result", "failed"));
        Response first = Door.report(agent, grant, Map.of("result", "failed", "summary", "disk full"));
        Response repeat = Door.report(agent, grant, Map.of("result", "failed", "summary", "disk full"));
        Response other = Door.report(agent, grant, Map.of("result", "succeeded"));
        Response unknown =
                Door.report(agent, GrantId.of(Asked.request().actionId()).value(), Map.of("result", "failed"));

        // Then
        assertThat(List.of(foreign, first, repeat, other, unknown))
                .extracting(Response::statusCode)
                .containsExactly(403, 201, 201, 409, 404);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), ActionExecuted.class)).hasSize(1);
    }

    /** The same token with another first character of its signature: each of its bits counts, unlike those of the last. */
    private static String forged(String token) {
        int at = token.lastIndexOf('.') + 1;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? "B" : "A") + token.substring(at + 1);
    }
}
