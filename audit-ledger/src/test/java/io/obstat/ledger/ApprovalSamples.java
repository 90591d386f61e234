package io.obstat.ledger;

import static io.obstat.ledger.Samples.AGENT;
import static io.obstat.ledger.Samples.OWNER;
import static io.obstat.ledger.Samples.action;
import static io.obstat.ledger.Samples.at;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.RunOverdue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What else people do about the story of {@link Samples}, and what is done to reach them. */
public final class ApprovalSamples {
    private static final Parameters FEWER = Parameters.of(
            JsonNodeFactory.instance.objectNode().put("format", "csv").put("rows", 100));

    private ApprovalSamples() {}

    public static ApprovalClaimed claimed(ActionId id) {
        return new ApprovalClaimed(id, review(Review.Verb.CLAIM, null), at(4));
    }

    public static ApprovalReleased released(ActionId id) {
        return new ApprovalReleased(id, review(Review.Verb.RELEASE, null), at(5));
    }

    public static ApprovalEscalated escalated(ActionId id) {
        return new ApprovalEscalated(id, "managers", review(Review.Verb.ESCALATE, "too large for me"), at(6));
    }

    public static ApprovalReminded reminded(ActionId id) {
        return new ApprovalReminded(
                id, 2, List.of(new SlotProgress(new Requirement.Slot("data-governance", 1), 0)), at(7));
    }

    public static QuestionAsked asked(ActionId id) {
        return new QuestionAsked(id, review(Review.Verb.ASK, "Which columns?"), at(7));
    }

    public static QuestionAnswered answered(ActionId id) {
        return new QuestionAnswered(id, ReviewId.derive("click"), AGENT, "id and country", at(8));
    }

    public static ReassessmentRequested reassessed(ActionId id) {
        return new ReassessmentRequested(id, edited(id), edit(), at(8));
    }

    /** The request as a reviewer changed it. */
    public static ActionRequested edited(ActionId id) {
        ActionRequested asked = Samples.requested(id);
        Action action = asked.action();
        var edited = new Action(action.type(), action.resource(), action.environment(), FEWER);
        return new ActionRequested(
                id,
                ActionDigest.of(AGENT, OWNER, edited),
                edited,
                asked.verified(),
                asked.claimed(),
                asked.requestedAt(),
                asked.deadline());
    }

    /** What policy says to that. */
    public static ApprovalRequired approvalRequiredAgain(ActionId id) {
        ApprovalRequired first = Samples.approvalRequired(id);
        Assessment before = first.assessment();
        return new ApprovalRequired(
                edited(id),
                new Assessment(
                        before.title(), before.risk(), before.rules(), before.explanation(), before.policySet(), at(9)),
                first.requirement());
    }

    public static NobodyReached nobodyReached(ActionId id) {
        return new NobodyReached(id, at(1800), at(300));
    }

    public static GlassBroken glassBroken(ActionId id) {
        return new GlassBroken(
                id,
                AGENT,
                review(Review.Verb.BREAK_GLASS, "the pager is on fire"),
                List.of(OWNER),
                new Slot("security", 2),
                at(86_400),
                at(60));
    }

    public static GlassSigned signed(ActionId id, int missing) {
        return new GlassSigned(id, review(Review.Verb.SIGN, null), missing, at(600));
    }

    public static GlassOverdue glassOverdue(ActionId id) {
        return new GlassOverdue(id, OWNER, 1, at(86_400), at(86_401));
    }

    public static DecisionRevoked revoked(ActionId id) {
        return new DecisionRevoked(
                id,
                GrantId.of(id),
                true,
                review(Review.Verb.REVOKE, "the ticket was closed"),
                "Revoked by a person in data-governance: the ticket was closed. Run nothing.",
                at(60),
                "eyJ.the-revocation.sig");
    }

    public static RunOverdue runOverdue(ActionId id) {
        return new RunOverdue(id, GrantId.of(id), AGENT, true, at(13), at(3613));
    }

    /** How else the story can end: without a grant. */
    public static Decision ended(ActionId id, Outcome outcome, DecidedBy by) {
        Decision rejected = Samples.rejected(id);
        return new Decision(
                id,
                rejected.digest(),
                AGENT,
                outcome,
                by,
                true,
                "So it is.",
                null,
                null,
                List.of(),
                null,
                outcome == Outcome.SUPERSEDED ? action(9) : null,
                rejected.policySet(),
                at(12),
                null,
                rejected.statement());
    }

    /** Allowed with what the reviewer made of the inputs. */
    public static Decision allowedEdited(ActionId id, DecidedBy by) {
        Decision allowed = Samples.allowed(id);
        return new Decision(
                id,
                edited(id).digest(),
                AGENT,
                Outcome.ALLOWED,
                by,
                true,
                allowed.reason(),
                null,
                null,
                allowed.reviews(),
                FEWER,
                null,
                allowed.policySet(),
                allowed.decidedAt(),
                allowed.grant(),
                allowed.statement());
    }

    public static Review review(Review.Verb verb, @Nullable String reason) {
        return Samples.review(verb, reason, Identification.WEBAUTHN);
    }

    private static Review edit() {
        Review review = review(Review.Verb.SIGN, null);
        return new Review(
                review.id(),
                review.digest(),
                review.reviewer(),
                Review.Verb.EDIT,
                "fewer rows will do",
                FEWER,
                review.submittedAt());
    }
}
