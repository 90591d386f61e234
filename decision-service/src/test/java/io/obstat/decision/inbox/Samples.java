package io.obstat.decision.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Assessment.MatchedRule;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ApprovalView.State;
import io.obstat.decision.Course;
import io.obstat.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests in every state, as a reviewer may meet them. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-22T12:04:33Z");
    static final Person REVIEWER = new Person("reviewer", "reviewer@example.com");
    static final Person OWNER = new Person("owner", "owner@example.com");
    static final AgentId AGENT = new AgentId("etl-agent");
    static final String EXPORT = "{\"format\":\"csv\",\"where\":\"country = 'DE'\",\"rows\":48210}";

    private static final Requirement TWO_GROUPS =
            new Requirement(List.of(new Slot("data-governance", 2), new Slot("oncall", 1)), Duration.ofMinutes(30));

    private Samples() {}

    static Parameters parameters(String json) {
        try {
            return Parameters.of(Json.strict().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static Claimed claimed(String intent) {
        return new Claimed(intent, "8f3c", null, List.of(), null);
    }

    static Claimed claimedWithAll(String intent, List<Claimed.Link> links, String diff) {
        return new Claimed(intent, "8f3c", "opus", links, diff);
    }

    static ActionRequested request(String key, String resource, Parameters parameters, Claimed claimed) {
        var action = new Action(new ActionType("data.export"), resource, "production", parameters);
        var verified = new Verified(AGENT, OWNER, OWNER, Verified.Method.OIDC, "https://id.example.com");
        return new ActionRequested(
                ActionId.derive(AGENT, key),
                ActionDigest.of(AGENT, OWNER, action),
                action,
                verified,
                claimed,
                NOW.minusSeconds(370),
                null);
    }

    static ActionRequested export(String key) {
        return request(key, "postgres://prod/customers", parameters(EXPORT), claimed("quarterly churn analysis"));
    }

    /** A step of a plan, see {@link Claimed#plan()}. */
    static ActionRequested step(String key, String plan) {
        var claimed = new Claimed("quarterly churn analysis", null, null, List.of(), null, plan);
        return request(key, "postgres://prod/" + key, parameters(EXPORT), claimed);
    }

    static ApprovalView pending(ActionRequested request, Risk risk, Duration left) {
        return view(request, risk, State.PENDING, List.of(), left, null, null);
    }

    /** One of two from data-governance has approved. */
    static ApprovalView halfWay(ActionRequested request) {
        Review review = review(request, colleague(), Verb.APPROVE, null);
        return view(request, Risk.HIGH, State.PENDING, List.of(review), Duration.ofMinutes(24), null, null);
    }

    static ApprovalView allowed(ActionRequested request, @Nullable String summary) {
        Review review = review(request, reviewer(), Verb.APPROVE, null);
        var grant = new GrantId("grt_" + request.actionId().value().substring(4));
        var run = summary == null
                ? null
                : new ApprovalView.Run(
                        NOW.minusSeconds(20),
                        new ActionExecuted(
                                request.actionId(), grant, AGENT, true, ActionExecuted.Result.SUCCEEDED, summary, NOW));
        return view(
                request,
                Risk.HIGH,
                run == null ? State.ALLOWED : State.EXECUTED,
                List.of(review),
                Duration.ofMinutes(24),
                decision(request, Outcome.ALLOWED, DecidedBy.PEOPLE, "reviewer approved it.", List.of(review)),
                run);
    }

    static ApprovalView rejected(ActionRequested request, String reason) {
        Review review = review(request, reviewer(), Verb.REJECT, reason);
        return view(
                request,
                Risk.MEDIUM,
                State.REJECTED,
                List.of(review),
                Duration.ofMinutes(24),
                decision(request, Outcome.REJECTED, DecidedBy.PEOPLE, "A reviewer said no: " + reason, List.of(review)),
                null);
    }

    static ApprovalView expired(ActionRequested request) {
        return view(
                request,
                Risk.LOW,
                State.EXPIRED,
                List.of(),
                Duration.ofMinutes(-2),
                decision(request, Outcome.EXPIRED, DecidedBy.TIME, "Nobody decided in time. Ask again.", List.of()),
                null);
    }

    static Reviewer reviewer() {
        return new Reviewer(
                REVIEWER, List.of("data-governance"), Identification.OIDC_SESSION, "https://id.example.com");
    }

    static Reviewer owner() {
        return new Reviewer(OWNER, List.of("data-governance"), Identification.OIDC_SESSION, "https://id.example.com");
    }

    static Reviewer colleague() {
        return new Reviewer(
                new Person("mira", "mira@example.com"),
                List.of("data-governance", "platform"),
                Identification.BEARER_TOKEN,
                "https://id.example.com");
    }

    static Review review(ActionRequested request, Reviewer by, Verb verb, @Nullable String reason) {
        ReviewId id = ReviewId.derive(request.actionId().value(), by.person().subject());
        return new Review(id, request.digest(), by, verb, reason, NOW.minusSeconds(60));
    }

    private static Decision decision(
            ActionRequested request, Outcome outcome, DecidedBy decidedBy, String reason, List<Review> reviews) {
        Grant grant = outcome == Outcome.ALLOWED
                ? new Grant(
                        new GrantId("grt_" + request.actionId().value().substring(4)),
                        "header.claims.signature",
                        NOW.plus(Duration.ofMinutes(15)))
                : null;
        return new Decision(
                request.actionId(),
                request.digest(),
                AGENT,
                outcome,
                decidedBy,
                true,
                reason,
                null,
                null,
                reviews,
                null,
                null,
                "sha256:policy",
                NOW.minusSeconds(59),
                grant,
                "header.claims.signature");
    }

    private static ApprovalView view(
            ActionRequested request,
            Risk risk,
            State state,
            List<Review> reviews,
            Duration left,
            @Nullable Decision decision,
            ApprovalView.@Nullable Run run) {
        var rule = new MatchedRule("prod-data-export", Effect.REQUIRE, "exports of customer data need two people");
        var assessment = new Assessment(
                "Export customer data from production",
                risk,
                List.of(rule),
                "The rule prod-data-export asks for people.",
                "sha256:policy",
                NOW.minusSeconds(369));
        return new ApprovalView(
                request.actionId(),
                state,
                request,
                assessment,
                TWO_GROUPS,
                reviews.stream().map(review -> new Vote(review, null)).toList(),
                Course.start(),
                NOW.minusSeconds(368),
                NOW.plus(left),
                decision,
                run,
                null,
                null);
    }
}
