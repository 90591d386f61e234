package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.EventId;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.RunOverdue;

/**
 * Something that came to pass, to be published.
 *
 * @param id derived from what brought it about, so that it is the same in every retry
 */
public record Fact(EventId id, ActionEvent event) {

    /** An action is opened once. */
    static Fact of(ApprovalOpened opened) {
        return fact(opened, opened.actionId().value());
    }

    /** And again each time that policy has spoken on it again. */
    static Fact again(ApprovalOpened opened, Assessment assessment) {
        return fact(
                opened,
                opened.actionId().value(),
                opened.digest().value(),
                assessment.policySet(),
                String.valueOf(assessment.assessedAt()));
    }

    static Fact of(ReviewRecorded recorded) {
        return fact(
                recorded, recorded.actionId().value(), recorded.review().id().value());
    }

    static Fact of(ReviewRefused refused) {
        return fact(refused, refused.actionId().value(), refused.review().id().value());
    }

    static Fact of(ApprovalClaimed claimed) {
        return fact(claimed, claimed.actionId().value(), claimed.review().id().value());
    }

    static Fact of(ApprovalReleased released) {
        return fact(
                released, released.actionId().value(), released.review().id().value());
    }

    static Fact of(QuestionAsked asked) {
        return fact(asked, asked.actionId().value(), asked.review().id().value());
    }

    static Fact of(QuestionAnswered answered) {
        return fact(answered, answered.actionId().value(), answered.question().value());
    }

    /** A group is asked once, by a person or by time, and once more when policy has spoken again and it no longer was. */
    static Fact of(ApprovalEscalated escalated, Assessment assessment) {
        return fact(
                escalated,
                escalated.actionId().value(),
                escalated.group(),
                assessment.policySet(),
                String.valueOf(assessment.assessedAt()));
    }

    static Fact of(ApprovalReminded reminded) {
        return fact(reminded, reminded.actionId().value(), String.valueOf(reminded.number()));
    }

    /** @param cause the review that changed the action, the moment of the assessment that no longer holds, or the one at which policy is asked once more */
    static Fact of(ReassessmentRequested asked, String cause) {
        return fact(asked, asked.actionId().value(), asked.request().digest().value(), cause);
    }

    static Fact of(NobodyReached nobody) {
        return fact(nobody, nobody.actionId().value());
    }

    static Fact of(GlassBroken broken) {
        return fact(broken, broken.actionId().value());
    }

    static Fact of(GlassSigned signed) {
        return fact(signed, signed.actionId().value(), signed.review().id().value());
    }

    static Fact of(GlassOverdue overdue) {
        return fact(overdue, overdue.actionId().value());
    }

    static Fact of(DecisionRevoked revoked) {
        return fact(revoked, revoked.grant().value());
    }

    /** A grant that nobody has taken up, or a run that nobody has reported: each at most once. */
    static Fact of(RunOverdue overdue) {
        return fact(overdue, overdue.grant().value(), overdue.redeemedAt() == null ? "unused" : "unreported");
    }

    // INVARIANT: OneTerminalDecision. The id depends on the action alone, so a reader takes a second decision for a
    // repeat.
    static Fact of(Decision decision) {
        return fact(decision, decision.actionId().value());
    }

    static Fact of(GrantRedeemed redeemed) {
        return fact(redeemed, redeemed.grant().value());
    }

    static Fact of(ActionExecuted executed) {
        return fact(executed, executed.grant().value());
    }

    /** @param number of this misuse among those of the grant; each attempt is an event of its own */
    static Fact of(GrantMisused misused, int number) {
        return fact(misused, misused.grant().value(), String.valueOf(number));
    }

    /** The action that this is about. */
    public ActionId actionId() {
        return event.actionId();
    }

    private static Fact fact(ActionEvent event, String... causes) {
        return new Fact(EventId.derive(EventType.of(event).wireName(), causes), event);
    }
}
