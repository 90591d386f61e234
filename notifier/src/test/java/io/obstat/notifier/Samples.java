package io.obstat.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Risk;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topics;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.RunOverdue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one action, by its idempotency key. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final URI INBOX = URI.create("https://obstat.example.com/inbox");
    public static final String GRANT_TOKEN = "secret.grant.token";
    private static final AgentId AGENT = new AgentId("etl-agent");
    private static final Person OWNER = new Person("owner", "owner@example.com");
    private static final Requirement REQUIREMENT =
            new Requirement(List.of(new Requirement.Slot("data-governance", 1)), Duration.ofMinutes(30));

    private Samples() {}

    public static ActionId action(String key) {
        return ActionId.derive(AGENT, key);
    }

    public static Envelope<ActionEvent> approvalRequired(String key) {
        return event(key, new ApprovalRequired(request(key), assessment(Assessment.Effect.REQUIRE), REQUIREMENT));
    }

    /** The same, asked by this rule. */
    public static Envelope<ActionEvent> approvalRequired(String key, String rule) {
        return approvalRequired(key, rule, NOW);
    }

    /** The same, and people have half an hour from then. */
    public static Envelope<ActionEvent> approvalRequired(String key, String rule, Instant assessedAt) {
        Assessment usual = assessment(Assessment.Effect.REQUIRE);
        var assessment = new Assessment(
                usual.title(),
                usual.risk(),
                List.of(new Assessment.MatchedRule(
                        rule, Assessment.Effect.REQUIRE, "exports of customer data need people")),
                usual.explanation(),
                usual.policySet(),
                assessedAt);
        return event(key, new ApprovalRequired(request(key), assessment, REQUIREMENT));
    }

    public static Envelope<ActionEvent> autoAllowed(String key) {
        return event(key, new AutoAllowed(request(key), assessment(Assessment.Effect.ALLOW)));
    }

    public static Envelope<ActionEvent> approvalOpened(String key) {
        return event(
                key, new ApprovalOpened(action(key), digest(), REQUIREMENT, NOW, NOW.plus(Duration.ofMinutes(30))));
    }

    public static Envelope<ActionEvent> reviewRecorded(String key) {
        return event(key, new ReviewRecorded(action(key), review(), new Person("deputised", null), progress(1), NOW));
    }

    public static Envelope<ActionEvent> reviewRefused(String key) {
        return event(
                key,
                new ReviewRefused(action(key), review(), ReviewRefused.Cause.OWN_AGENT, "You own etl-agent.", NOW));
    }

    public static Envelope<ActionEvent> claimed(String key) {
        return event(key, new ApprovalClaimed(action(key), review(Review.Verb.CLAIM, null), NOW));
    }

    public static Envelope<ActionEvent> released(String key) {
        return event(key, new ApprovalReleased(action(key), review(Review.Verb.RELEASE, null), NOW));
    }

    public static Envelope<ActionEvent> reminded(String key) {
        return event(key, new ApprovalReminded(action(key), 2, progress(0), NOW));
    }

    /** @param review absent when its time had come */
    public static Envelope<ActionEvent> escalated(String key, @Nullable Review review) {
        return event(key, new ApprovalEscalated(action(key), "managers", review, NOW));
    }

    public static Envelope<ActionEvent> nobodyReached(String key) {
        return event(key, new NobodyReached(action(key), NOW.plusSeconds(1500), NOW));
    }

    public static Envelope<ActionEvent> questionAsked(String key) {
        return event(key, new QuestionAsked(action(key), review(Review.Verb.ASK, "Which columns?"), NOW));
    }

    public static Envelope<ActionEvent> questionAnswered(String key) {
        return event(key, new QuestionAnswered(action(key), ReviewId.derive("review"), AGENT, "id and country", NOW));
    }

    public static Envelope<ActionEvent> reassessmentRequested(String key) {
        return event(key, new ReassessmentRequested(action(key), request(key), null, NOW));
    }

    public static Envelope<ActionEvent> revoked(String key) {
        return revoked(key, true);
    }

    public static Envelope<ActionEvent> revoked(String key, boolean asked) {
        return event(
                key,
                new DecisionRevoked(
                        action(key),
                        GrantId.of(action(key)),
                        asked,
                        review(Review.Verb.REVOKE, "the ticket was closed"),
                        "Revoked by a person in data-governance. Run nothing.",
                        NOW,
                        "secret.statement.jws"));
    }

    public static Envelope<ActionEvent> glassBroken(String key) {
        return event(
                key,
                new GlassBroken(
                        action(key),
                        AGENT,
                        review(Review.Verb.BREAK_GLASS, "the pager is on fire"),
                        List.of(OWNER),
                        new Slot("security", 2),
                        NOW.plusSeconds(86_400),
                        NOW));
    }

    public static Envelope<ActionEvent> glassSigned(String key) {
        return event(key, new GlassSigned(action(key), review(Review.Verb.SIGN, null), 1, NOW));
    }

    public static Envelope<ActionEvent> glassOverdue(String key) {
        return event(key, new GlassOverdue(action(key), OWNER, 1, NOW.minusSeconds(1), NOW));
    }

    public static Envelope<ActionEvent> runOverdue(String key, boolean asked) {
        return event(key, new RunOverdue(action(key), GrantId.of(action(key)), AGENT, asked, NOW, NOW.plusSeconds(60)));
    }

    public static Envelope<ActionEvent> decision(String key, Outcome outcome, DecidedBy decidedBy) {
        return decision(key, outcome, decidedBy, true);
    }

    public static Envelope<ActionEvent> decision(String key, Outcome outcome, DecidedBy decidedBy, boolean asked) {
        Grant grant = outcome == Outcome.ALLOWED
                ? new Grant(GrantId.of(action(key)), GRANT_TOKEN, NOW.plusSeconds(600))
                : null;
        return event(
                key,
                new Decision(
                        action(key),
                        digest(),
                        AGENT,
                        outcome,
                        decidedBy,
                        asked,
                        "Approved by data-governance.",
                        null,
                        null,
                        List.of(review()),
                        null,
                        outcome == Outcome.SUPERSEDED ? action("the other") : null,
                        "sha256:policy",
                        NOW,
                        grant,
                        "secret.statement.jws"));
    }

    public static ActionRequested request(String key) {
        Action action = action();
        var verified = new Verified(AGENT, OWNER, OWNER, Verified.Method.OIDC, "https://issuer.example.com");
        var claimed = new Claimed("quarterly churn analysis", "run-1", null, List.of(), null);
        return new ActionRequested(action(key), digest(), action, verified, claimed, NOW, null);
    }

    private static Action action() {
        var parameters =
                JsonNodeFactory.instance.objectNode().put("format", "csv").put("where", "country = 'DE'");
        return new Action(
                new ActionType("data.export"), "postgres://prod/customers", "production", Parameters.of(parameters));
    }

    private static ActionDigest digest() {
        return ActionDigest.of(AGENT, OWNER, action());
    }

    private static Assessment assessment(Assessment.Effect effect) {
        return new Assessment(
                "Export customer data from production",
                Risk.HIGH,
                List.of(new Assessment.MatchedRule("prod-data-export", effect, "exports of customer data need people")),
                "prod-data-export asked for it",
                "sha256:policy",
                NOW);
    }

    private static List<ReviewRecorded.SlotProgress> progress(int filled) {
        return List.of(new ReviewRecorded.SlotProgress(REQUIREMENT.slots().getFirst(), filled));
    }

    private static Review review() {
        return review(Review.Verb.APPROVE, null);
    }

    public static Review review(Review.Verb verb, @Nullable String reason) {
        return new Review(
                ReviewId.derive("review"),
                digest(),
                new Reviewer(
                        new Person("reviewer", null),
                        List.of("data-governance"),
                        Reviewer.Identification.BEARER_TOKEN,
                        "https://issuer.example.com"),
                verb,
                reason,
                NOW);
    }

    private static Envelope<ActionEvent> event(String key, ActionEvent data) {
        ServiceName source = Topics.of(EventType.of(data)).writer();
        return new Envelope<>(
                EventId.derive(EventType.of(data).wireName(), key),
                source,
                NOW,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                data);
    }
}
