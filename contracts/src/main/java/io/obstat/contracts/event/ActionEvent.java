package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;

/** A fact about one action. */
public sealed interface ActionEvent extends Event
        permits ActionRequested,
                ActionWithdrawn,
                Verdict,
                ReviewSubmitted,
                ApprovalOpened,
                ReviewRecorded,
                ReviewRefused,
                ApprovalClaimed,
                ApprovalReleased,
                ApprovalEscalated,
                ApprovalReminded,
                QuestionAsked,
                QuestionAnswered,
                ReassessmentRequested,
                NobodyReached,
                GlassBroken,
                GlassSigned,
                GlassOverdue,
                Decision,
                DecisionRevoked,
                GrantRedeemed,
                GrantMisused,
                ActionExecuted,
                RunOverdue,
                Notification,
                CardUpdated {

    ActionId actionId();

    @Override
    default String key() {
        return actionId().value();
    }
}
