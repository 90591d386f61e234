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
import io.obstat.contracts.Review;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        ActionRequested request = pending(GOVERNANCE);
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
        ActionRequested request = pending(GOVERNANCE);
        String agent = tokens.agent("etl-agent");
        Instant before = Instant.now();
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> Door.decision(agent, request.actionId(), 30));

        // When
        Door.reject(tokens.person("ann", "data-governance"), request.actionId(), request.digest(), "Not this quarter.");

        // Then
        Decision decision = Door.decided(waiting.join());
        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason()).contains("Not this quarter.", "Nothing may run.");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void shouldSayThatItIsPendingOrUnknownWhenTheWaitIsOver() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        ActionRequested unknown = request();

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
        ActionRequested harmless = request();
        ActionRequested harmful = request();

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
    void shouldRefuseTheOwnersReviewAndPutItOnRecord() {
        // Given
        ActionRequested request = pending(GOVERNANCE);

        // When
        Response refused =
                Door.approve(tokens.person("owner", "data-governance"), request.actionId(), request.digest());

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.<String>path("cause")).isEqualTo("own-agent");
        assertThat(refused.<String>path("detail"))
                .isEqualTo(
                        "You own etl-agent, so you cannot approve its requests. Nobody was notified of this attempt but it is on record.");
        awaitRefusal(request, Cause.OWN_AGENT);
        assertThat(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void shouldRefuseAnAgentsReviewAndPutItOnRecordWhateverGroupsItClaims() {
        // Given
        ActionRequested request = pending(GOVERNANCE);

        // When
        Response own = Door.approve(tokens.agent("etl-agent"), request.actionId(), request.digest());
        Response forSomebody = Door.approve(
                tokens.agentFor("ann", "helper-agent", "data-governance"), request.actionId(), request.digest());

        // Then
        assertThat(List.of(own, forSomebody)).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.<String>path("cause")).isEqualTo("not-a-person");
        });
        await().untilAsserted(() ->
                assertThat(road.facts(request.actionId(), ReviewRefused.class)).hasSize(2));
        assertThat(Door.approval(tokens.agent("etl-agent"), request.actionId()).statusCode())
                .isEqualTo(403);
        assertThat(Door.decision(tokens.person("ann"), request.actionId(), 0).statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldTellStrangersLatecomersAndReadersOfAnotherVersionApart() {
        // Given
        ActionRequested request = pending(new Slot("data-governance", 2));
        String ann = tokens.person("ann", "data-governance");

        // When
        Response stranger = Door.approve(tokens.person("carl", "sales"), request.actionId(), request.digest());
        Response otherVersion = Door.approve(ann, request.actionId(), Examples.otherDigest());
        Response first = Door.approve(ann, request.actionId(), request.digest());
        Response again = Door.approve(ann, request.actionId(), request.digest());
        Response second = Door.approve(tokens.person("ben", "data-governance"), request.actionId(), request.digest());
        Response late = Door.approve(tokens.person("cleo", "data-governance"), request.actionId(), request.digest());

        // Then
        assertRefused(stranger, 403, "not-eligible");
        assertRefused(otherVersion, 409, "digest-differs");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.<Integer>path("approval.progress[0].filled")).isEqualTo(1);
        assertThat(first.<Boolean>path("approval.eligible.can")).isFalse();
        assertRefused(again, 409, "already-reviewed");
        assertThat(second.statusCode()).isEqualTo(201);
        assertRefused(late, 409, "already-decided");
    }

    @Test
    void shouldGiveARepeatedReviewItsFirstAnswer() {
        // Given
        ActionRequested request = pending(GOVERNANCE);
        var body = Map.of("verb", "approve", "digest", request.digest().value());
        String ann = tokens.person("ann", "data-governance");

        // When
        List<Response> answers = List.of(keyed(ann, request.actionId(), body), keyed(ann, request.actionId(), body));

        // Then
        assertThat(answers).extracting(Response::statusCode).containsExactly(201, 201);
        await().untilAsserted(() ->
                assertThat(road.facts(request.actionId(), Decision.class)).hasSize(1));
        assertThat(road.facts(request.actionId(), ReviewRecorded.class)).hasSize(1);
    }

    @Test
    void shouldKeepAReviewThatOvertakesItsVerdict() {
        // Given
        ActionRequested request = request();
        Review click = Examples.review(
                "click",
                request,
                Review.Verb.APPROVE,
                Examples.person("ann"),
                List.of("data-governance"),
                Instant.now());
        assertThat(road.event("reviews", ServiceName.NOTIFIER, new ReviewSubmitted(request.actionId(), click))
                        .join())
                .isEmpty();

        // When
        road.verdict(Examples.required(request, Duration.ofMinutes(30), GOVERNANCE))
                .join();

        // Then
        Decision decision = Door.decided(Door.decision(tokens.agent("etl-agent"), request.actionId(), 0));
        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.reviews()).containsExactly(click);
    }

    @Test
    void shouldWithdrawWhatTheAgentTakesBack() {
        // Given
        ActionRequested request = pending(GOVERNANCE);

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
        ActionRequested request = request();

        // When
        road.verdict(Examples.required(request, Duration.ofSeconds(1), GOVERNANCE))
                .join();
        Response answer = Door.decision(tokens.agent("etl-agent"), request.actionId(), 20);

        // Then
        assertThat(Door.decided(answer).outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(Door.decided(answer).reason()).contains("1 more from data-governance was missing");
    }

    @Test
    void shouldRefuseEveryRedemptionButTheFirstOfTheRightAgentForTheRightDigest() {
        // Given
        ActionRequested request = request();
        road.verdict(Examples.allowed(request)).join();
        String agent = tokens.agent("etl-agent");
        String grant = Door.decided(Door.decision(agent, request.actionId(), 0))
                .grant()
                .token();
        GrantId grantId = GrantId.of(request.actionId());

        // When
        Response tooEarly = Door.report(agent, grantId.value(), Map.of("result", "succeeded"));
        Response changed = Door.redeem(agent, grant, Examples.otherDigest());
        Response foreign = Door.redeem(tokens.agent("other-agent"), grant, request.digest());
        Response person = Door.redeem(tokens.person("etl-agent"), grant, request.digest());
        Response forged = Door.redeem(agent, grant.substring(0, grant.length() - 4) + "AAAA", request.digest());
        Response first = Door.redeem(agent, grant, request.digest());
        Response second = Door.redeem(agent, grant, request.digest());

        // Then
        assertThat(tooEarly.statusCode()).isEqualTo(409);
        assertRefused(changed, 403, "digest-differs");
        assertRefused(foreign, 403, "foreign-agent");
        assertRefused(person, 403, "foreign-agent");
        assertThat(forged.statusCode()).isEqualTo(400);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.<String>path("grantId")).isEqualTo(grantId.value());
        assertRefused(second, 409, "already-redeemed");
        await().untilAsserted(() -> assertThat(road.facts(request.actionId(), GrantMisused.class))
                .extracting(GrantMisused::cause)
                .containsExactly(
                        GrantMisused.Cause.DIGEST_DIFFERS,
                        GrantMisused.Cause.FOREIGN_AGENT,
                        GrantMisused.Cause.FOREIGN_AGENT,
                        GrantMisused.Cause.ALREADY_REDEEMED));
    }

    @Test
    void shouldTakeOneReportOfARun() {
        // Given
        ActionRequested request = request();
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
        Response unknown = Door.report(agent, GrantId.of(request().actionId()).value(), Map.of("result", "failed"));

        // Then
        assertThat(List.of(foreign, first, repeat, other, unknown))
                .extracting(Response::statusCode)
                .containsExactly(403, 201, 201, 409, 404);
        await().untilAsserted(() ->
                assertThat(road.facts(request.actionId(), ActionExecuted.class)).hasSize(1));
    }

    @Test
    void shouldRecogniseARedeliveredVerdict() {
        // Given
        ActionRequested request = request();
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

    private ActionRequested request() {
        return Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
    }

    private ActionRequested pending(Slot... slots) {
        ActionRequested request = request();
        assertThat(road.verdict(Examples.required(request, Duration.ofMinutes(30), slots))
                        .join())
                .isEmpty();
        return request;
    }

    private void awaitRefusal(ActionRequested request, Cause cause) {
        await().untilAsserted(() -> assertThat(road.facts(request.actionId(), ReviewRefused.class))
                .extracting(ReviewRefused::cause)
                .containsExactly(cause));
    }

    private static Response keyed(String token, ActionId id, Object body) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .header("Idempotency-Key", "one click")
                .contentType("application/json")
                .body(body)
                .post("/v1/approvals/{id}/reviews", id.value());
    }

    private static void assertRefused(Response response, int status, String cause) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.<String>path("cause")).isEqualTo(cause);
        assertThat(response.<String>path("detail")).isNotBlank();
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
