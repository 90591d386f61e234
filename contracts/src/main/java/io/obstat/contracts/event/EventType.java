package io.obstat.contracts.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every event's name on the wire (the CloudEvents {@code type}) with its version, and the record that is its data. */
public enum EventType {
    ACTION_INTENT("io.obstat.action.intent.v1", ActionIntent.class),
    ACTION_REQUESTED("io.obstat.action.requested.v1", ActionRequested.class),
    ACTION_WITHDRAWN("io.obstat.action.withdrawn.v1", ActionWithdrawn.class),
    APPROVAL_REQUIRED("io.obstat.verdict.approval-required.v1", ApprovalRequired.class),
    AUTO_ALLOWED("io.obstat.verdict.auto-allowed.v1", AutoAllowed.class),
    AUTO_DENIED("io.obstat.verdict.auto-denied.v1", AutoDenied.class),
    REVIEW_SUBMITTED("io.obstat.review.submitted.v1", ReviewSubmitted.class),
    APPROVAL_OPENED("io.obstat.approval.opened.v1", ApprovalOpened.class),
    REVIEW_RECORDED("io.obstat.approval.review-recorded.v1", ReviewRecorded.class),
    REVIEW_REFUSED("io.obstat.approval.review-refused.v1", ReviewRefused.class),
    APPROVAL_CLAIMED("io.obstat.approval.claimed.v1", ApprovalClaimed.class),
    APPROVAL_RELEASED("io.obstat.approval.released.v1", ApprovalReleased.class),
    APPROVAL_ESCALATED("io.obstat.approval.escalated.v1", ApprovalEscalated.class),
    APPROVAL_REMINDED("io.obstat.approval.reminded.v1", ApprovalReminded.class),
    QUESTION_ASKED("io.obstat.approval.question-asked.v1", QuestionAsked.class),
    QUESTION_ANSWERED("io.obstat.approval.question-answered.v1", QuestionAnswered.class),
    REASSESSMENT_REQUESTED("io.obstat.approval.reassessment-requested.v1", ReassessmentRequested.class),
    NOBODY_REACHED("io.obstat.approval.nobody-reached.v1", NobodyReached.class),
    GLASS_BROKEN("io.obstat.approval.glass-broken.v1", GlassBroken.class),
    GLASS_SIGNED("io.obstat.approval.glass-signed.v1", GlassSigned.class),
    GLASS_OVERDUE("io.obstat.approval.glass-overdue.v1", GlassOverdue.class),
    DECISION("io.obstat.decision.v1", Decision.class),
    DECISION_REVOKED("io.obstat.decision.revoked.v1", DecisionRevoked.class),
    GRANT_REDEEMED("io.obstat.grant.redeemed.v1", GrantRedeemed.class),
    GRANT_MISUSED("io.obstat.grant.misused.v1", GrantMisused.class),
    ACTION_EXECUTED("io.obstat.action.executed.v1", ActionExecuted.class),
    RUN_OVERDUE("io.obstat.action.run-overdue.v1", RunOverdue.class),
    NOTIFIED("io.obstat.notification.delivered.v1", Notified.class),
    NOTIFICATION_FAILED("io.obstat.notification.failed.v1", NotificationFailed.class),
    CARD_UPDATED("io.obstat.card.updated.v1", CardUpdated.class),
    POLICY_SET_ACTIVATED("io.obstat.policy.activated.v1", PolicySetActivated.class);

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));
    private static final Map<Class<?>, EventType> BY_RECORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::record, Function.identity()));

    private final String wireName;
    private final Class<? extends Event> record;

    EventType(String wireName, Class<? extends Event> record) {
        this.wireName = wireName;
        this.record = record;
    }

    /** The CloudEvents {@code type}. Never changes once released; a change of meaning is a new version. */
    public String wireName() {
        return wireName;
    }

    /** The record that is its data. */
    public Class<? extends Event> record() {
        return record;
    }

    public static EventType of(Event event) {
        EventType type = BY_RECORD.get(event.getClass());
        if (type == null) {
            throw new IllegalStateException(event.getClass().getName() + " has no EventType; add one");
        }
        return type;
    }

    public static Optional<EventType> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }
}
