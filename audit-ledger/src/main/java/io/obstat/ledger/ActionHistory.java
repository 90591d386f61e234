package io.obstat.ledger;

import io.obstat.contracts.ActionId;
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
import io.obstat.contracts.event.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds an action's entries into its {@link ActionView}. The order in which topics interleave makes no difference but to {@code restsOn}. */
public final class ActionHistory {
    private ActionHistory() {}

    /**
     * The view after one more entry.
     *
     * @param before the view so far; absent before the first entry
     * @param actionId the action that {@code leaf} is about
     */
    public static ActionView after(
            @Nullable ActionView before, ActionId actionId, LedgerLeaf.OfEvent leaf, LeafPosition position) {
        ActionView counted = before == null
                ? new ActionView(
                        actionId,
                        position,
                        new ActionView.Tally(1, 0, 0),
                        leaf.eventTime(),
                        leaf.eventTime(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of())
                : new ActionView(
                        actionId,
                        position,
                        new ActionView.Tally(
                                before.tally().entries() + 1,
                                before.tally().refusedReviews(),
                                before.tally().misusedGrants()),
                        earlier(before.firstAt(), leaf.eventTime()),
                        later(before.lastAt(), leaf.eventTime()),
                        before.asked(),
                        before.assessed(),
                        before.decided(),
                        before.ran(),
                        before.revoked(),
                        before.alarms());
        return leaf.event().map(event -> fill(counted, event)).orElse(counted);
    }

    private static ActionView fill(ActionView view, Event event) {
        return switch (event) {
            // Once policy has spoken, what it spoke of says more: a reviewer may have changed the inputs.
            case ActionRequested request -> view.asked() == null ? with(view, ActionView.Asked.of(request)) : view;
            case Verdict verdict -> judged(view, verdict);
            case ReviewRefused refused -> tallied(view, 1, 0);
            case GrantMisused misused -> tallied(view, 0, 1);
            // INVARIANT: OneTerminalDecision. Were there ever a second one, the view would keep the first and the log
            // show both.
            case Decision decision -> view.decided() == null ? with(view, ActionView.Decided.of(decision)) : view;
            case GrantRedeemed redeemed -> {
                ActionView.Ran ran = view.ran();
                yield with(
                        view,
                        new ActionView.Ran(
                                redeemed.redeemedAt(),
                                ran == null ? null : ran.result(),
                                ran == null ? null : ran.reportedAt()));
            }
            case ActionExecuted executed -> {
                ActionView.Ran ran = view.ran();
                yield with(
                        view,
                        new ActionView.Ran(
                                ran == null ? null : ran.redeemedAt(), executed.result(), executed.executedAt()));
            }
            case DecisionRevoked revoked -> filled(view, ActionView.Revoked.of(revoked), view.alarms());
            case NobodyReached nobody -> alarmed(view, ActionView.Alarm.NOBODY_REACHED);
            case GlassOverdue overdue -> alarmed(view, ActionView.Alarm.GLASS_OVERDUE);
            case RunOverdue overdue -> alarmed(view, ActionView.Alarm.RUN_OVERDUE);
            case ActionWithdrawn withdrawn -> view;
            case ApprovalClaimed claimed -> view;
            case ApprovalReleased released -> view;
            case ApprovalEscalated escalated -> view;
            case ApprovalReminded reminded -> view;
            case QuestionAsked asked -> view;
            case QuestionAnswered answered -> view;
            case ReassessmentRequested requested -> view;
            case GlassBroken broken -> view;
            case GlassSigned signed -> view;
            case ReviewSubmitted submitted -> view;
            case ApprovalOpened opened -> view;
            case ReviewRecorded recorded -> view;
            case Notified notified -> view;
            case NotificationFailed failed -> view;
            case CardUpdated updated -> view;
            case ActionIntent intent -> view;
            case PolicySetActivated activated -> view;
        };
    }

    private static ActionView judged(ActionView view, Verdict verdict) {
        ActionView.Assessed before = view.assessed();
        boolean older = before != null
                && before.at() != null
                && before.at().isAfter(verdict.assessment().assessedAt());
        return older
                ? view
                : with(
                        with(view, ActionView.Asked.of(verdict.request())),
                        ActionView.Assessed.of(verdict.assessment(), verdict instanceof ApprovalRequired));
    }

    private static ActionView alarmed(ActionView view, ActionView.Alarm alarm) {
        var alarms = EnumSet.of(alarm);
        alarms.addAll(view.alarms());
        return filled(view, view.revoked(), alarms);
    }

    private static ActionView with(ActionView view, ActionView.Asked asked) {
        return filled(view, view.tally(), asked, view.assessed(), view.decided(), view.ran());
    }

    private static ActionView with(ActionView view, ActionView.Assessed assessed) {
        return filled(view, view.tally(), view.asked(), assessed, view.decided(), view.ran());
    }

    private static ActionView with(ActionView view, ActionView.Decided decided) {
        return filled(view, view.tally(), view.asked(), view.assessed(), decided, view.ran());
    }

    private static ActionView with(ActionView view, ActionView.Ran ran) {
        return filled(view, view.tally(), view.asked(), view.assessed(), view.decided(), ran);
    }

    private static ActionView tallied(ActionView view, int refusedReviews, int misusedGrants) {
        var tally = new ActionView.Tally(
                view.tally().entries(),
                view.tally().refusedReviews() + refusedReviews,
                view.tally().misusedGrants() + misusedGrants);
        return filled(view, tally, view.asked(), view.assessed(), view.decided(), view.ran());
    }

    private static ActionView filled(
            ActionView view,
            ActionView.Tally tally,
            ActionView.@Nullable Asked asked,
            ActionView.@Nullable Assessed assessed,
            ActionView.@Nullable Decided decided,
            ActionView.@Nullable Ran ran) {
        return new ActionView(
                view.actionId(),
                view.restsOn(),
                tally,
                view.firstAt(),
                view.lastAt(),
                asked,
                assessed,
                decided,
                ran,
                view.revoked(),
                view.alarms());
    }

    private static ActionView filled(
            ActionView view, ActionView.@Nullable Revoked revoked, Set<ActionView.Alarm> alarms) {
        return new ActionView(
                view.actionId(),
                view.restsOn(),
                view.tally(),
                view.firstAt(),
                view.lastAt(),
                view.asked(),
                view.assessed(),
                view.decided(),
                view.ran(),
                revoked,
                alarms);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
