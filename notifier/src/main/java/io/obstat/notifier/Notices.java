package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionExecuted;
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
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.event.RunOverdue;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What each event is worth telling. */
public final class Notices {

    private Notices() {}

    /**
     * The notice that this event calls for, if it calls for one. People are told of what they are asked, of what others do about it, of how that
     * ends and of what ran. A review in a chat that was refused is told to whoever clicked. What nobody was asked is on record in the ledger and told to nobody.
     *
     * @param inbox where people decide; the notice links to the action's page below it
     */
    public static Optional<Notice> of(Envelope<?> event, URI inbox) {
        return event.data() instanceof ActionEvent data ? of(data, subject(event, data, inbox)) : Optional.empty();
    }

    private static Optional<Notice> of(ActionEvent event, Notice.Subject subject) {
        return switch (event) {
            case ApprovalRequired required -> Optional.of(wanted(subject, required));
            case ApprovalOpened opened ->
                Optional.of(new Notice.Opened(subject, opened.digest(), opened.requirement(), opened.expiresAt()));
            case ReviewRecorded recorded ->
                Optional.of(new Notice.Reviewed(subject, recorded.review(), recorded.standsFor(), recorded.progress()));
            case ApprovalClaimed claimed -> Optional.of(new Notice.Claim(subject, claimed.review()));
            case ApprovalReleased released -> Optional.of(new Notice.Released(subject, released.review()));
            case ApprovalReminded reminded ->
                Optional.of(new Notice.Reminded(subject, reminded.number(), reminded.progress()));
            case ApprovalEscalated escalated ->
                Optional.of(new Notice.Escalated(subject, escalated.group(), escalated.review()));
            case NobodyReached nobody -> Optional.of(new Notice.Unreached(subject, nobody.expiresAt()));
            case QuestionAsked asked -> Optional.of(new Notice.Asked(subject, asked.review()));
            case QuestionAnswered answered ->
                Optional.of(new Notice.Answered(
                        subject, answered.question(), answered.agent(), new Notice.Answer(answered.answer())));
            case Decision decision -> decision.asked() ? Optional.of(decided(subject, decision)) : Optional.empty();
            case DecisionRevoked revoked ->
                revoked.asked()
                        ? Optional.of(new Notice.Revoked(subject, revoked.review(), revoked.reason()))
                        : Optional.empty();
            case GlassBroken broken ->
                Optional.of(new Notice.Broken(
                        subject, broken.agent(), broken.review(), broken.owners(), broken.signedBy(), broken.dueAt()));
            case GlassOverdue overdue ->
                Optional.of(new Notice.Unsigned(subject, overdue.by(), overdue.missing(), overdue.dueAt()));
            // Nobody waits for it: whoever signs sees how many are missing, and once it is late it is told.
            case GlassSigned ignored -> Optional.empty();
            // Policy's answer is the next verdict, and that is told.
            case ReassessmentRequested ignored -> Optional.empty();
            case ReviewRefused refused ->
                // Elsewhere they are told at once, where they are.
                refused.review().reviewer().identifiedBy() == Reviewer.Identification.CHAT
                        ? Optional.of(new Notice.Turned(subject, refused.review(), refused.explanation()))
                        : Optional.empty();
            case AutoAllowed ignored -> Optional.empty();
            case AutoDenied ignored -> Optional.empty();
            case ActionRequested ignored -> Optional.empty();
            case ActionWithdrawn ignored -> Optional.empty();
            case ReviewSubmitted ignored -> Optional.empty();
            case RunOverdue overdue ->
                overdue.asked()
                        ? Optional.of(new Notice.Unreported(subject, overdue.agent(), overdue.redeemedAt()))
                        : Optional.empty();
            // What becomes of a grant is the agent's business as long as it is in order, and the ledger's when it is
            // not.
            case GrantRedeemed ignored -> Optional.empty();
            case GrantMisused ignored -> Optional.empty();
            case ActionExecuted executed ->
                executed.asked() ? Optional.of(executed(subject, executed)) : Optional.empty();
            case CardUpdated ignored -> Optional.empty();
            case Notified ignored -> Optional.empty();
            case NotificationFailed ignored -> Optional.empty();
        };
    }

    private static Notice wanted(Notice.Subject subject, ApprovalRequired required) {
        ActionRequested request = required.request();
        var facts = new Notice.Facts(request.digest(), request.action(), request.verified(), request.claimed());
        Instant answerBy =
                required.assessment().assessedAt().plus(required.requirement().deadline());
        Instant agentWaitsUntil = request.deadline();
        if (agentWaitsUntil != null && agentWaitsUntil.isBefore(answerBy)) {
            answerBy = agentWaitsUntil;
        }
        return new Notice.Wanted(subject, facts, required.assessment(), required.requirement(), answerBy);
    }

    private static Notice executed(Notice.Subject subject, ActionExecuted executed) {
        String summary = executed.summary();
        return new Notice.Executed(
                subject, executed.agent(), executed.result(), summary == null ? null : new Notice.Summary(summary));
    }

    private static Notice decided(Notice.Subject subject, Decision decision) {
        var ending = new Notice.Ending(
                decision.outcome(),
                decision.decidedBy(),
                decision.reason(),
                decision.retryNotBefore(),
                decision.supersededBy());
        return new Notice.Decided(subject, decision.digest(), decision.agent(), ending, decision.reviews());
    }

    private static Notice.Subject subject(Envelope<?> event, ActionEvent data, URI inbox) {
        ActionId id = data.actionId();
        return new Notice.Subject(id, id.shortForm(), event.id(), event.time(), page(inbox, id));
    }

    private static URI page(URI inbox, ActionId id) {
        String base = inbox.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + id.value());
    }
}
