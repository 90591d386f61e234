package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What each event is worth telling. */
public final class Notices {

    private Notices() {}

    /**
     * The notice that this event calls for, if it calls for one. People are told of what they are asked and of how that ends; what policy
     * decides alone, and reviews that were refused, are on record in the ledger and told to nobody.
     *
     * @param inbox where people decide; the notice links to the action's page below it
     */
    public static Optional<Notice> of(Envelope<?> event, URI inbox) {
        return switch (event.data()) {
            case ApprovalRequired required -> Optional.of(wanted(event, required, inbox));
            case ApprovalOpened opened ->
                Optional.of(new Notice.Opened(
                        subject(event, opened, inbox), opened.digest(), opened.requirement(), opened.expiresAt()));
            case ReviewRecorded recorded ->
                Optional.of(
                        new Notice.Reviewed(subject(event, recorded, inbox), recorded.review(), recorded.progress()));
            case Decision decision when decision.decidedBy() == DecidedBy.POLICY -> Optional.empty();
            case Decision decision -> Optional.of(decided(event, decision, inbox));
            case ReviewRefused ignored -> Optional.empty();
            case AutoAllowed ignored -> Optional.empty();
            case AutoDenied ignored -> Optional.empty();
            case ActionIntent ignored -> Optional.empty();
            case ActionRequested ignored -> Optional.empty();
            case ActionWithdrawn ignored -> Optional.empty();
            case ReviewSubmitted ignored -> Optional.empty();
            case GrantRedeemed ignored -> Optional.empty();
            case GrantMisused ignored -> Optional.empty();
            case ActionExecuted ignored -> Optional.empty();
            case Notified ignored -> Optional.empty();
            case NotificationFailed ignored -> Optional.empty();
            case PolicySetActivated ignored -> Optional.empty();
        };
    }

    private static Notice wanted(Envelope<?> event, ApprovalRequired required, URI inbox) {
        ActionRequested request = required.request();
        var facts = new Notice.Facts(request.digest(), request.action(), request.verified(), request.claimed());
        Instant answerBy =
                required.assessment().assessedAt().plus(required.requirement().deadline());
        Instant agentWaitsUntil = request.deadline();
        if (agentWaitsUntil != null && agentWaitsUntil.isBefore(answerBy)) {
            answerBy = agentWaitsUntil;
        }
        return new Notice.Wanted(
                subject(event, required, inbox), facts, required.assessment(), required.requirement(), answerBy);
    }

    private static Notice decided(Envelope<?> event, Decision decision, URI inbox) {
        var ending = new Notice.Ending(
                decision.outcome(), decision.decidedBy(), decision.reason(), decision.retryNotBefore());
        return new Notice.Decided(
                subject(event, decision, inbox), decision.digest(), decision.agent(), ending, decision.reviews());
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
