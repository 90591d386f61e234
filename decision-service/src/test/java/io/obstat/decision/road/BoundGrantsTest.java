package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A grant that is bound to a key is worth nothing without it. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BoundGrantsTest {

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    private final Holder holder = new Holder();

    @Test
    void shouldBeRedeemedWithAProofOfItsKeyOnly() {
        // Given
        ActionRequested request = allowed(holder.thumbprint());
        String agent = tokens.agent("etl-agent");
        String grant = grant(agent, request);

        // When
        Response introspected = Door.introspect(agent, grant);
        Response without = Door.redeem(agent, grant, request.digest());
        Response otherKey = Door.redeem(agent, grant, request.digest(), new Holder().proof());
        Response right = Door.redeem(agent, grant, request.digest(), holder.proof());

        // Then
        assertThat(introspected.<String>path("cnf.jkt")).isEqualTo(holder.thumbprint());
        assertThat(introspected.<String>path("token_type")).isEqualTo("DPoP");
        Door.assertRefused(without, 403, "foreign-key");
        Door.assertRefused(otherKey, 403, "foreign-key");
        assertThat(right.statusCode()).as(right.asString()).isEqualTo(200);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), GrantMisused.class))
                .extracting(GrantMisused::cause)
                .containsOnly(GrantMisused.Cause.FOREIGN_KEY)
                .hasSize(2);
    }

    @Test
    void shouldTakeAProofOnceAndForThisCallOnly() {
        // Given
        ActionRequested request = allowed(holder.thumbprint());
        String agent = tokens.agent("etl-agent");
        String grant = grant(agent, request);
        String replayed = holder.proof();
        Door.redeem(agent, grant, Examples.otherDigest(), replayed);

        // When
        List<Response> refused = List.of(
                Door.redeem(agent, grant, request.digest(), replayed),
                Door.redeem(agent, grant, request.digest(), "nonsense"),
                Door.redeem(agent, grant, request.digest(), holder.proof("GET", Holder.REDEEM, Instant.now())),
                Door.redeem(
                        agent,
                        grant,
                        request.digest(),
                        holder.proof("POST", "http://elsewhere.example.com/v1/grants/redeem", Instant.now())),
                Door.redeem(
                        agent,
                        grant,
                        request.digest(),
                        holder.proof("POST", Holder.REDEEM, Instant.now().minusSeconds(300))));

        // Then
        assertThat(refused).extracting(Response::statusCode).containsOnly(400);
        assertThat(refused)
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsOnly("DPoP");
        assertThat(refused.getFirst().<String>path("detail")).contains("used before");
        assertThat(Door.redeem(agent, grant, request.digest(), holder.proof()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldHoldAProofToTheAccessTokenThatIsBoundToAKey() {
        // Given
        ActionRequested request = allowed(holder.thumbprint());
        String bound = tokens.agentWithKey("etl-agent", holder.thumbprint());
        String foreign = tokens.agentWithKey("etl-agent", new Holder().thumbprint());
        String grant = grant(tokens.agent("etl-agent"), request);

        // When
        Response withoutHash = Door.redeem(bound, grant, request.digest(), holder.proof());
        Response otherToken = Door.redeem(bound, grant, request.digest(), holder.proofFor(foreign));
        Response otherKey = Door.redeem(foreign, grant, request.digest(), holder.proofFor(foreign));
        Response right = Door.redeem(bound, grant, request.digest(), holder.proofFor(bound));

        // Then
        assertThat(List.of(withoutHash, otherToken, otherKey))
                .extracting(Response::statusCode)
                .containsOnly(400);
        assertThat(right.statusCode()).as(right.asString()).isEqualTo(200);
    }

    @Test
    void shouldTakeABoundAccessTokenWithAProofOfItsKeyOnly() {
        // Given
        ActionRequested request = allowed(null);
        String bound = tokens.agentWithKey("etl-agent", holder.thumbprint());
        String grant = grant(tokens.agent("etl-agent"), request);

        // When
        Response without = Door.redeem(bound, grant, request.digest());
        Response with = Door.redeem(bound, grant, request.digest(), holder.proofFor(bound));

        // Then
        assertThat(without.statusCode()).as(without.asString()).isEqualTo(401);
        assertThat(without.contentType()).isEqualTo("application/problem+json");
        assertThat(without.header("WWW-Authenticate"))
                .startsWith("DPoP error=\"invalid_token\"")
                .contains("ES256");
        assertThat(without.<String>path("detail")).contains("DPoP", "ES256");
        assertThat(with.statusCode()).as(with.asString()).isEqualTo(200);
    }

    @Test
    void shouldForgetProofsThatAreTooOldToBeUsedAgain() throws SQLException {
        // Given
        Database.execute(
                "insert into decision.used_proofs values ('%s', 'long ago', 'epoch')".formatted(holder.thumbprint()));
        ActionRequested request = allowed(null);
        String agent = tokens.agent("etl-agent");

        // When a grant that is bound to no key comes with a proof
        Response redeemed = Door.redeem(agent, grant(agent, request), request.digest(), holder.proof());

        // Then
        assertThat(redeemed.statusCode()).isEqualTo(200);
        assertThat(Database.usedProofs(holder.thumbprint())).isEqualTo(1);
    }

    private static String grant(String agent, ActionRequested request) {
        return Door.grant(Door.decided(Door.decision(agent, request.actionId(), 0)))
                .token();
    }

    private ActionRequested allowed(@Nullable String thumbprint) {
        ActionRequested plain = Asked.request();
        var request = new ActionRequested(
                plain.actionId(),
                plain.digest(),
                plain.action(),
                plain.verified().boundTo(thumbprint),
                plain.claimed(),
                plain.requestedAt(),
                plain.deadline());
        road.verdict(Examples.allowed(request)).join();
        return request;
    }
}
