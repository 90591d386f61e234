package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a program can say for a person beside approving and rejecting, and what it is answered. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class VerbsTest {

    private static final Slot GOVERNANCE = new Slot("data-governance", 1);
    private static final Slot TWO = new Slot("data-governance", 2);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Test
    void shouldAskTheNextGroupAsWellUntilThereIsNone() {
        // Given
        ActionRequested request = pending(everything(GOVERNANCE));

        // When
        Response early = say(person("sam", "security"), request, "approve", null);
        Response escalated = say(person("ann"), request, "escalate", null);
        Response again = say(person("ann"), request, "escalate", null);
        Response approved = say(person("sam", "security"), request, "approve", null);

        // Then
        Door.assertRefused(early, 403, "not-eligible");
        assertDone(escalated);
        assertThat(escalated.<List<String>>path("approval.escalatedTo")).containsExactly("security");
        Door.assertRefused(again, 409, "not-applicable");
        assertThat(approved.<String>path("result")).isEqualTo("recorded");
        assertThat(approved.<String>path("approval.state")).isEqualTo("allowed");
        assertThat(approved.<String>path("approval.votes[0].review.reviewer.person.subject"))
                .isEqualTo("sam");
    }

    @Test
    void shouldShowWhoIsLookingUntilTheyNoLongerAre() {
        // Given
        ActionRequested request = pending(everything(GOVERNANCE));

        // When
        Response claimed = say(person("ann"), request, "claim", null);
        Response notTheirs = say(person("ben"), request, "release", null);
        Response released = say(person("ann"), request, "release", null);

        // Then
        assertDone(claimed);
        assertThat(claimed.<String>path("approval.claim.reviewer.person.subject"))
                .isEqualTo("ann");
        Door.assertRefused(notTheirs, 409, "not-applicable");
        assertDone(released);
        assertThat(released.<Object>path("approval.claim")).isNull();
    }

    @Test
    void shouldTakeChangedInputsToPolicyBeforeOthersDecideOnThem() {
        // Given
        ActionRequested request = pending(everything(GOVERNANCE));
        var fewer = Map.of("where", "country = 'DE' limit 100");

        // When
        Response withoutInputs = say(person("ann"), request, "edit", "fewer rows");
        Response edited = Door.review(
                person("ann"),
                request.actionId(),
                Map.of(
                        "verb",
                        "edit",
                        "digest",
                        request.digest().value(),
                        "reason",
                        "fewer rows",
                        "parameters",
                        fewer));
        Database.awaitPublished(request.actionId());
        ActionRequested changed = road.facts(request.actionId(), ReassessmentRequested.class)
                .getFirst()
                .request();
        Response tooEarly = say(person("ben"), changed, "approve", null);
        road.verdict(new ApprovalRequired(changed, assessedAgain(changed), everything(GOVERNANCE)))
                .join();
        Response outdated = say(person("ben"), request, "approve", null);
        Response coAuthor = say(person("ann"), changed, "approve", null);
        Response approved = say(person("ben"), changed, "approve", null);

        // Then
        assertThat(withoutInputs.statusCode()).isEqualTo(400);
        assertThat(withoutInputs.<String>path("errors[0].field")).isEqualTo("parameters");
        assertDone(edited);
        assertThat(edited.<String>path("approval.edits[0].before.where")).isEqualTo("country = 'DE'");
        assertThat(edited.<Map<String, String>>path("approval.edits[0].review.parameters"))
                .isEqualTo(fewer);
        assertThat(edited.<String>path("approval.awaited.digest"))
                .isEqualTo(changed.digest().value());
        assertThat(edited.<Map<String, String>>path("approval.awaited.parameters"))
                .isEqualTo(fewer);
        Door.assertRefused(tooEarly, 409, "awaits-policy");
        Door.assertRefused(outdated, 409, "digest-differs");
        Door.assertRefused(coAuthor, 403, "co-author");
        assertThat(approved.<String>path("approval.state")).isEqualTo("allowed");
        assertThat(approved.<Object>path("approval.awaited")).isNull();
        assertThat(approved.<Map<String, String>>path("approval.decision.parameters"))
                .isEqualTo(fewer);
    }

    @Test
    void shouldAllowAtOnceInAnEmergencyAndHaveAnotherSign() {
        // Given
        ActionRequested request = pending(everything(TWO));
        String lead = tokens.person("lee", "incident-leads", "sre");

        // When
        Response stranger = say(person("ann"), request, "break-glass", "prod is down");
        Response broken = say(lead, request, "break-glass", "prod is down");
        Response own = say(lead, request, "sign", null);
        Response signed = say(tokens.person("sid", "sre"), request, "sign", null);
        Response nothing = say(tokens.person("sid", "sre"), allowed(), "sign", null);

        // Then
        Door.assertRefused(stranger, 403, "not-eligible");
        assertDone(broken);
        assertThat(broken.<String>path("approval.state")).isEqualTo("allowed");
        assertThat(broken.<String>path("approval.decision.decidedBy")).isEqualTo("break-glass");
        assertThat(broken.<Integer>path("approval.glass.missing")).isEqualTo(1);
        assertThat(broken.<String>path("approval.glass.broken.reviewer.person.subject"))
                .isEqualTo("lee");
        Door.assertRefused(own, 403, "own-emergency");
        assertDone(signed);
        assertThat(signed.<Integer>path("approval.glass.missing")).isZero();
        assertThat(signed.<String>path("approval.glass.signatures[0].reviewer.person.subject"))
                .isEqualTo("sid");
        Door.assertRefused(nothing, 409, "not-applicable");
    }

    @Test
    void shouldTellTheAgentThatWhatWasAllowedIsRevoked() {
        // Given
        ActionRequested request = pending(everything(GOVERNANCE));
        String agent = tokens.agent("etl-agent");
        Response tooEarly = say(person("ann"), request, "revoke", "wrong table");
        say(person("ann"), request, "approve", null);
        Decision decision = Door.decided(Door.decision(agent, request.actionId(), 0));

        // When
        Response withoutReason = say(person("ann"), request, "revoke", null);
        Response revoked = say(person("ann"), request, "revoke", "wrong table");
        Response told = Door.decision(agent, request.actionId(), 0);
        Response redeemed = Door.redeem(agent, Door.grant(decision).token(), request.digest());

        // Then
        Door.assertRefused(tooEarly, 409, "not-applicable");
        assertThat(withoutReason.statusCode()).isEqualTo(400);
        assertDone(revoked);
        assertThat(revoked.<String>path("approval.state")).isEqualTo("revoked");
        assertThat(revoked.<String>path("approval.revoked.review.reason")).isEqualTo("wrong table");
        assertThat(revoked.asString()).doesNotContain(Door.grant(decision).token());
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(Door.decided(told)).as("the decision stands as it was").isEqualTo(decision);
        assertThat(told.<String>path("revoked.reason")).contains("wrong table");
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), DecisionRevoked.class))
                .extracting(DecisionRevoked::statement)
                .containsExactly(told.<String>path("revoked.statement"));
        Door.assertRefused(redeemed, 410, "revoked");
    }

    @Test
    void shouldWantAReasonAndAnIdentificationWherePolicyDoes() {
        // Given
        ActionRequested reasoned = pending(new Requirement(
                List.of(GOVERNANCE),
                Duration.ofHours(1),
                1,
                null,
                List.of(Verb.APPROVE),
                List.of(),
                List.of(),
                null,
                null));
        ActionRequested assured = pending(new Requirement(
                List.of(GOVERNANCE),
                Duration.ofHours(1),
                1,
                Identification.WEBAUTHN,
                List.of(),
                List.of(),
                List.of(),
                null,
                null));

        // When
        Response missing = say(person("ann"), reasoned, "approve", null);
        Response given = say(person("ann"), reasoned, "approve", "ticket 17");
        Response weak = say(person("ann"), assured, "approve", null);
        Response claim = say(person("ann"), assured, "claim", null);

        // Then
        Door.assertRefused(missing, 422, "reason-missing");
        assertThat(given.statusCode()).isEqualTo(201);
        Door.assertRefused(weak, 403, "assurance-too-low");
        assertDone(claim);
    }

    private String person(String subject) {
        return person(subject, "data-governance");
    }

    private String person(String subject, String group) {
        return tokens.person(subject, group);
    }

    private static Response say(String token, ActionRequested request, String verb, @Nullable String reason) {
        var body = new HashMap<String, Object>(
                Map.of("verb", verb, "digest", request.digest().value()));
        if (reason != null) {
            body.put("reason", reason);
        }
        return Door.review(token, request.actionId(), body);
    }

    private static void assertDone(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.<String>path("result")).isEqualTo("done");
        assertThat(response.<String>path("said")).isNotBlank();
    }

    private ActionRequested pending(Requirement requirement) {
        ActionRequested request = Asked.request();
        var asked = Examples.required(request, Duration.ofHours(1), GOVERNANCE);
        assertThat(road.verdict(new ApprovalRequired(request, asked.assessment(), requirement))
                        .join())
                .isEmpty();
        return request;
    }

    private static Assessment assessedAgain(ActionRequested request) {
        Assessment first =
                Examples.required(request, Duration.ofHours(1), GOVERNANCE).assessment();
        return new Assessment(
                first.title(), first.risk(), first.rules(), first.explanation(), first.policySet(), Instant.now());
    }

    private ActionRequested allowed() {
        ActionRequested request = Asked.request();
        road.verdict(Examples.allowed(request)).join();
        return request;
    }

    private static Requirement everything(Slot slot) {
        return new Requirement(
                List.of(slot),
                Duration.ofHours(1),
                1,
                null,
                List.of(),
                List.of(),
                List.of(new Escalation("security", null)),
                new BreakGlass("incident-leads", new Slot("sre", 1), Duration.ofHours(4)),
                null);
    }
}
