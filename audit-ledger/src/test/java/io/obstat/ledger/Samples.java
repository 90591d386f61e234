package io.obstat.ledger;

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
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Topics;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.CardUpdated;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.event.RunOverdue;
import io.obstat.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of a story: etl-agent wants to export customers, reviewer says yes, it runs. */
public final class Samples {
    public static final Instant START = Instant.parse("2026-11-22T14:02:00Z");
    public static final AgentId AGENT = new AgentId("etl-agent");
    public static final Person OWNER = new Person("owner", "owner@example.com");
    public static final Person REVIEWER = new Person("reviewer", null);
    public static final String TOKEN = "eyJhbGciOiJFZERTQSJ9.the-grant.signature";
    private static final String POLICY_SET = "sha256:" + "ab".repeat(32);
    private static final Action ACTION = new Action(
            new ActionType("data.export"),
            "postgres://prod/customers",
            "production",
            Parameters.of(
                    JsonNodeFactory.instance.objectNode().put("format", "csv").put("rows", 48210)));
    private static final Requirement REQUIREMENT =
            new Requirement(List.of(new Requirement.Slot("data-governance", 1)), Duration.ofMinutes(30));

    private Samples() {}

    public static ActionId action(int number) {
        return ActionId.derive(AGENT, "request-" + number);
    }

    public static ActionRequested requested(ActionId id, String intent) {
        return new ActionRequested(
                id,
                ActionDigest.of(AGENT, OWNER, ACTION),
                ACTION,
                new Verified(AGENT, OWNER, OWNER, Verified.Method.OIDC, "http://localhost:8090/obstat"),
                new Claimed(intent, "8f3c", null, List.of(), null),
                START,
                null);
    }

    public static ActionRequested requested(ActionId id) {
        return requested(id, "quarterly churn analysis");
    }

    public static ApprovalRequired approvalRequired(ActionId id) {
        return new ApprovalRequired(requested(id), assessment("exports of customer data need a person"), REQUIREMENT);
    }

    public static AutoAllowed autoAllowed(ActionId id) {
        return new AutoAllowed(requested(id), assessment("reading is always allowed"));
    }

    public static AutoDenied autoDenied(ActionId id) {
        return new AutoDenied(
                requested(id), assessment("dropping tables is forbidden."), "archive the table", Duration.ofHours(1));
    }

    public static ApprovalOpened opened(ActionId id) {
        return new ApprovalOpened(id, requested(id).digest(), REQUIREMENT, at(1), at(1).plus(REQUIREMENT.deadline()));
    }

    public static Review review(Review.Verb verb, @Nullable String reason, Reviewer.Identification how) {
        return new Review(
                ReviewId.derive("click", verb.name(), how.name()),
                requested(action(1)).digest(),
                new Reviewer(REVIEWER, List.of("data-governance"), how, "http://localhost:8090/obstat"),
                verb,
                reason,
                at(11));
    }

    public static ReviewSubmitted submitted(ActionId id) {
        return new ReviewSubmitted(id, review(Review.Verb.APPROVE, "ok", Reviewer.Identification.CHAT));
    }

    public static ReviewRecorded recorded(ActionId id) {
        return new ReviewRecorded(
                id,
                review(Review.Verb.APPROVE, "looks right", Reviewer.Identification.OIDC_SESSION),
                null,
                List.of(new ReviewRecorded.SlotProgress(REQUIREMENT.slots().getFirst(), 1)),
                at(11));
    }

    public static ReviewRefused refused(ActionId id) {
        return new ReviewRefused(
                id,
                review(Review.Verb.APPROVE, null, Reviewer.Identification.BEARER_TOKEN),
                ReviewRefused.Cause.OWN_AGENT,
                "You own etl-agent, so you cannot approve its requests.",
                at(10));
    }

    public static Decision allowed(ActionId id) {
        return new Decision(
                id,
                requested(id).digest(),
                AGENT,
                Outcome.ALLOWED,
                Decision.DecidedBy.PEOPLE,
                true,
                "1 of 1 from data-governance approved.",
                null,
                null,
                List.of(review(Review.Verb.APPROVE, "looks right", Reviewer.Identification.OIDC_SESSION)),
                null,
                null,
                POLICY_SET,
                at(12),
                new Grant(GrantId.of(id), TOKEN, at(900)),
                "eyJ.the-statement.sig");
    }

    public static Decision rejected(ActionId id) {
        return new Decision(
                id,
                requested(id).digest(),
                AGENT,
                Outcome.REJECTED,
                Decision.DecidedBy.PEOPLE,
                true,
                "Rejected by a reviewer: too many rows.",
                null,
                null,
                List.of(review(Review.Verb.REJECT, "too many rows", Reviewer.Identification.OIDC_SESSION)),
                null,
                null,
                POLICY_SET,
                at(12),
                null,
                "eyJ.the-statement.sig");
    }

    public static GrantRedeemed redeemed(ActionId id) {
        return new GrantRedeemed(id, GrantId.of(id), AGENT, requested(id).digest(), at(13));
    }

    public static GrantMisused misused(ActionId id) {
        return new GrantMisused(
                id,
                GrantId.of(id),
                AGENT.value(),
                requested(id).digest(),
                GrantMisused.Cause.ALREADY_REDEEMED,
                "This grant was used at 14:02:13.",
                at(15));
    }

    public static ActionExecuted executed(ActionId id) {
        return new ActionExecuted(
                id, GrantId.of(id), AGENT, true, ActionExecuted.Result.SUCCEEDED, "48210 rows written", at(14));
    }

    public static ActionWithdrawn withdrawn(ActionId id) {
        return new ActionWithdrawn(id, AGENT, "found another way", at(5));
    }

    public static Notified notified(ActionId id) {
        return new Notified(
                id, new EventId("evt_x"), "approval.required", "webhook", "https://hooks.example.com/a", 2, at(2));
    }

    public static NotificationFailed notificationFailed(ActionId id) {
        return new NotificationFailed(
                id,
                new EventId("evt_x"),
                "approval.required",
                "webhook",
                "https://hooks.example.com/b",
                8,
                "503 Service Unavailable",
                at(3));
    }

    public static PolicySetActivated activated() {
        return new PolicySetActivated("demo", POLICY_SET, List.of("prod-data-export", "read-only"), START);
    }

    public static ActionIntent intent() {
        return new ActionIntent("eyJ.some.jws");
    }

    /** One of every type. */
    public static Event of(EventType type, ActionId id) {
        return switch (type) {
            case ACTION_INTENT -> intent();
            case ACTION_REQUESTED -> requested(id);
            case ACTION_WITHDRAWN -> withdrawn(id);
            case APPROVAL_REQUIRED -> approvalRequired(id);
            case AUTO_ALLOWED -> autoAllowed(id);
            case AUTO_DENIED -> autoDenied(id);
            case REVIEW_SUBMITTED -> submitted(id);
            case APPROVAL_OPENED -> opened(id);
            case REVIEW_RECORDED -> recorded(id);
            case REVIEW_REFUSED -> refused(id);
            case APPROVAL_CLAIMED -> ApprovalSamples.claimed(id);
            case APPROVAL_RELEASED -> ApprovalSamples.released(id);
            case APPROVAL_ESCALATED -> ApprovalSamples.escalated(id);
            case APPROVAL_REMINDED -> ApprovalSamples.reminded(id);
            case QUESTION_ASKED -> ApprovalSamples.asked(id);
            case QUESTION_ANSWERED -> ApprovalSamples.answered(id);
            case REASSESSMENT_REQUESTED -> ApprovalSamples.reassessed(id);
            case NOBODY_REACHED -> ApprovalSamples.nobodyReached(id);
            case GLASS_BROKEN -> ApprovalSamples.glassBroken(id);
            case GLASS_SIGNED -> ApprovalSamples.signed(id, 1);
            case GLASS_OVERDUE -> ApprovalSamples.glassOverdue(id);
            case DECISION -> allowed(id);
            case DECISION_REVOKED -> ApprovalSamples.revoked(id);
            case RUN_OVERDUE -> ApprovalSamples.runOverdue(id);
            case GRANT_REDEEMED -> redeemed(id);
            case GRANT_MISUSED -> misused(id);
            case ACTION_EXECUTED -> executed(id);
            case NOTIFIED -> notified(id);
            case NOTIFICATION_FAILED -> notificationFailed(id);
            case CARD_UPDATED -> new CardUpdated(id, new EventId("evt_x"), "slack", "C0DATA", at(4));
            case POLICY_SET_ACTIVATED -> activated();
        };
    }

    /** The event as its one writer would write it, its id derived from its type, its key and {@code cause}. */
    public static Envelope<Event> envelope(Event event, String cause) {
        EventType type = EventType.of(event);
        return new Envelope<>(
                EventId.derive(type.wireName(), event.key(), cause),
                Topics.of(type).writer(),
                time(event),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                event);
    }

    public static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static Instant time(Event event) {
        return switch (event) {
            case ActionRequested requested -> requested.requestedAt();
            case Verdict verdict -> verdict.assessment().assessedAt();
            case ActionWithdrawn withdrawn -> withdrawn.withdrawnAt();
            case ReviewSubmitted submitted -> submitted.review().submittedAt();
            case ApprovalOpened opened -> opened.openedAt();
            case ReviewRecorded recorded -> recorded.recordedAt();
            case ReviewRefused refused -> refused.refusedAt();
            case ApprovalClaimed claimed -> claimed.claimedAt();
            case ApprovalReleased released -> released.releasedAt();
            case ApprovalEscalated escalated -> escalated.escalatedAt();
            case ApprovalReminded reminded -> reminded.remindedAt();
            case QuestionAsked asked -> asked.askedAt();
            case QuestionAnswered answered -> answered.answeredAt();
            case ReassessmentRequested requested -> requested.requestedAt();
            case NobodyReached nobody -> nobody.raisedAt();
            case GlassBroken broken -> broken.brokenAt();
            case GlassSigned signed -> signed.signedAt();
            case GlassOverdue overdue -> overdue.raisedAt();
            case Decision decision -> decision.decidedAt();
            case DecisionRevoked revoked -> revoked.revokedAt();
            case RunOverdue overdue -> overdue.raisedAt();
            case GrantRedeemed redeemed -> redeemed.redeemedAt();
            case GrantMisused misused -> misused.refusedAt();
            case ActionExecuted executed -> executed.executedAt();
            case Notified notified -> notified.notifiedAt();
            case NotificationFailed failed -> failed.failedAt();
            case CardUpdated updated -> updated.updatedAt();
            case ActionIntent intent -> START;
            case PolicySetActivated activated -> activated.activatedAt();
        };
    }

    private static Assessment assessment(String explanation) {
        return new Assessment(
                "Export customer data from production",
                Risk.HIGH,
                List.of(new Assessment.MatchedRule(
                        "prod-data-export", Assessment.Effect.REQUIRE, "customer data is sensitive")),
                explanation,
                POLICY_SET,
                START.plusMillis(400));
    }
}
