package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

/** From verdict to execution, through the real service on a real PostgreSQL. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class RoadTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldLeadFromAVerdictOverAReviewToASignedDecisionAndItsExecution() throws Exception {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        ActionId id = request.actionId();
        String agent = tokens.agent("etl-agent");
        assertThat(Door.decision(agent, id, 0).statusCode()).isEqualTo(202);

        // When
        Response review = Door.approve(tokens.person("ann", "data-governance"), id, request.digest());
        Decision decision = Door.decided(Door.decision(agent, id, 0));
        Response redeemed = Door.redeem(agent, Door.grant(decision).token(), request.digest());
        Response reported = Door.report(
                agent, Door.grant(decision).id().value(), Map.of("result", "succeeded", "summary", "48210 rows"));

        // Then
        assertThat(review.statusCode()).isEqualTo(201);
        assertThat(review.<String>path("result")).isEqualTo("recorded");
        assertThat(review.<String>path("approval.state")).isEqualTo("allowed");
        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(redeemed.statusCode()).isEqualTo(200);
        assertThat(reported.statusCode()).isEqualTo(201);
        assertSigned(decision.statement(), "obstat-decision+jwt");
        SignedJWT grant = assertSigned(Door.grant(decision).token(), "obstat-grant+jwt");
        assertThat(grant.getJWTClaimsSet().getStringClaim("action_digest"))
                .isEqualTo(request.digest().value());
        await().untilAsserted(() -> assertThat(road.facts(id).stream().map(Envelope::data))
                .hasExactlyElementsOfTypes(
                        ApprovalOpened.class,
                        ReviewRecorded.class,
                        Decision.class,
                        GrantRedeemed.class,
                        ActionExecuted.class));
        assertThat(road.facts(id).getFirst().traceparent()).isEqualTo(Road.TRACEPARENT);
        assertThat(road.facts(id, Decision.class)).containsExactly(decision);
    }

    @Test
    void shouldHoldTheAnswerUntilThereIsADecision() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        String agent = tokens.agent("etl-agent");
        Instant before = Instant.now();
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> Door.decision(agent, request.actionId(), 60));

        // When
        Door.reject(tokens.person("ann", "data-governance"), request.actionId(), request.digest(), "Not this quarter.");

        // Then
        Decision decision = Door.decided(waiting.join());
        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason()).contains("Not this quarter.", "Nothing may run.");
        assertThat(Duration.between(before, Instant.now()))
                .as("the wait ends with the decision, not after its 60 s")
                .isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void shouldSayThatItIsPendingOrUnknownWhenTheWaitIsOver() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);
        ActionRequested unknown = Asked.request();

        // When
        Response pending = Door.decision(tokens.agent("etl-agent"), request.actionId(), 1);
        Response nothing = Door.decision(tokens.agent("etl-agent"), unknown.actionId(), 1);
        Response foreign = Door.decision(tokens.agent("other-agent"), request.actionId(), 0);

        // Then
        assertThat(pending.statusCode()).isEqualTo(202);
        assertThat(pending.<String>path("status")).isEqualTo("pending");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(foreign.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAllowAndDenyWithoutAnyoneWhenPolicySaysSo() {
        // Given
        ActionRequested harmless = Asked.request();
        ActionRequested harmful = Asked.request();

        // When
        road.verdict(Examples.allowed(harmless)).join();
        road.verdict(Examples.denied(harmful)).join();
        Decision allowed = Door.decided(Door.decision(tokens.agent("etl-agent"), harmless.actionId(), 0));
        Decision denied = Door.decided(Door.decision(tokens.agent("etl-agent"), harmful.actionId(), 0));

        // Then
        assertThat(allowed.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(Door.grant(allowed).id()).isEqualTo(GrantId.of(harmless.actionId()));
        assertThat(denied.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(denied.saferAlternative()).isEqualTo("Export a sample of 100 rows");
        assertThat(denied.retryNotBefore()).isEqualTo(denied.decidedAt().plus(Duration.ofHours(1)));
    }

    @Test
    void shouldWithdrawWhatTheAgentTakesBack() {
        // Given
        ActionRequested request = Asked.pending(road, GOVERNANCE);

        // When
        road.event(
                        "actions",
                        ServiceName.REQUEST_INTAKE,
                        new ActionWithdrawn(request.actionId(), Examples.AGENT, "not needed", Instant.now()))
                .join();

        // Then
        assertThat(Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0))
                        .outcome())
                .isEqualTo(Outcome.WITHDRAWN);
    }

    @Test
    void shouldEndWhatNobodyDecidesInTime() {
        // Given
        ActionRequested request = Asked.request();

        // When
        road.verdict(Examples.required(request, Duration.ofSeconds(1), GOVERNANCE))
                .join();
        Response answer = Door.decision(tokens.agent("etl-agent"), request.actionId(), 60);

        // Then
        assertThat(Door.decided(answer).outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(Door.decided(answer).reason()).contains("1 more from data-governance was missing");
    }

    @Test
    void shouldRecogniseARedeliveredVerdict() {
        // Given
        ActionRequested request = Asked.request();
        road.verdict(Examples.allowed(request)).join();
        Decision first = Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0));

        // When policy has changed its mind meanwhile
        road.verdict(Examples.denied(request)).join();
        road.verdict(Examples.allowed(request)).join();

        // Then
        assertThat(Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0)))
                .isEqualTo(first);
        await().untilAsserted(() -> assertThat(
                        road.facts(request.actionId()).stream().map(Envelope::id))
                .containsExactly(EventId.derive(
                        "io.obstat.decision.v1", request.actionId().value())));
    }

    private static SignedJWT assertSigned(String token, String type) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        JWKSet keys = JWKSet.parse(RestAssured.get("/.well-known/jwks.json").asString());
        var key = (OctetKeyPair) keys.getKeyByKeyId(jwt.getHeader().getKeyID());
        var verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(key.getDecodedX()));
        verifier.update(jwt.getSigningInput(), 0, jwt.getSigningInput().length);
        assertThat(verifier.verifySignature(jwt.getSignature().decode())).isTrue();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo(type);
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("http://decisions.example.com");
        return jwt;
    }
}
