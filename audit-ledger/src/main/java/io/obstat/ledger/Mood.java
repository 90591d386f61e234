package io.obstat.ledger;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
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
import io.obstat.contracts.event.Event;
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

/** How an event looks to someone who skims: a yes, a no, or neither. */
public enum Mood {
    YES,
    NO,
    NEITHER;

    public static Mood of(Event event) {
        return switch (event) {
            case Decision decision -> of(decision.outcome());
            case ReviewRecorded recorded -> recorded.review().verb() == Review.Verb.REJECT ? NO : YES;
            case ActionExecuted executed -> executed.result() == ActionExecuted.Result.SUCCEEDED ? YES : NO;
            case AutoAllowed allowed -> YES;
            case AutoDenied denied -> NO;
            case ReviewRefused refused -> NO;
            case GrantMisused misused -> NO;
            case NotificationFailed failed -> NO;
            case DecisionRevoked revoked -> NO;
            case NobodyReached nobody -> NO;
            case GlassOverdue overdue -> NO;
            case RunOverdue overdue -> NO;
            case CardUpdated updated -> NEITHER;
            case GlassBroken broken -> NEITHER;
            case GlassSigned signed -> YES;
            case ApprovalClaimed claimed -> NEITHER;
            case ApprovalReleased released -> NEITHER;
            case ApprovalEscalated escalated -> NEITHER;
            case ApprovalReminded reminded -> NEITHER;
            case QuestionAsked asked -> NEITHER;
            case QuestionAnswered answered -> NEITHER;
            case ReassessmentRequested requested -> NEITHER;
            case ActionIntent intent -> NEITHER;
            case ActionRequested requested -> NEITHER;
            case ActionWithdrawn withdrawn -> NEITHER;
            case ApprovalRequired required -> NEITHER;
            case ReviewSubmitted submitted -> NEITHER;
            case ApprovalOpened opened -> NEITHER;
            case GrantRedeemed redeemed -> NEITHER;
            case Notified notified -> NEITHER;
            case PolicySetActivated activated -> NEITHER;
        };
    }

    /** How an action looks that stands like this. */
    public static Mood of(ActionView action) {
        if (action.revoked() != null) {
            return NO;
        }
        return action.decided() == null ? NEITHER : of(action.decided().outcome());
    }

    private static Mood of(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> YES;
            case DENIED, REJECTED -> NO;
            case EXPIRED, WITHDRAWN, UNDELIVERABLE, SUPERSEDED, POLICY_CHANGED -> NEITHER;
        };
    }
}
