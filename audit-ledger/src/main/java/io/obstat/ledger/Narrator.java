package io.obstat.ledger;

import static java.util.stream.Collectors.joining;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
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

/** Tells each event as a sentence, after a time of day: "14:02:11 reviewer approved, identified by OIDC session: “looks right”." */
public final class Narrator {
    private Narrator() {}

    /** What a leaf says. */
    public static Sentence tell(LedgerLeaf leaf) {
        return switch (leaf) {
            case LedgerLeaf.OfEvent event -> event.event().map(Narrator::tell).orElseGet(() -> tellWithoutData(event));
            case LedgerLeaf.OfUnreadable unreadable ->
                Sentence.builder()
                        .say("A record of ")
                        .exact(unreadable.source().topic())
                        .say(" could not be read (%d bytes, kept in its dead letter topic)"
                                .formatted(unreadable.valueBytes()))
                        .quoted(": ", unreadable.reason())
                        .end();
        };
    }

    /** What an event says. */
    public static Sentence tell(Event event) {
        return switch (event) {
            case ActionIntent intent ->
                Sentence.builder()
                        .say("A pipeline left a request at the Kafka door; nobody has authenticated it yet")
                        .end();
            case ActionRequested requested -> tell(requested);
            case ActionWithdrawn withdrawn ->
                Sentence.builder()
                        .verified(withdrawn.withdrawnBy().value())
                        .say(" took the request back")
                        .quoted(", and says why: ", withdrawn.reason())
                        .end();
            case ApprovalRequired verdict ->
                verdict("Policy asks people: ", verdict)
                        .say(" It needs " + slots(verdict.requirement()) + " within "
                                + TimeWords.span(verdict.requirement().deadline()))
                        .end();
            case AutoAllowed verdict ->
                verdict("Policy allows it without anyone: ", verdict).end();
            case AutoDenied verdict -> {
                var sentence = verdict("Policy forbids it: ", verdict);
                if (verdict.saferAlternative() != null) {
                    sentence.say(" Safer: " + withoutFullStop(verdict.saferAlternative()));
                }
                yield sentence.end();
            }
            case ApprovalOpened opened ->
                Sentence.builder()
                        .say("From now on people can decide: " + slots(opened.requirement()) + ", "
                                + TimeWords.until(opened.openedAt(), opened.expiresAt()))
                        .end();
            case ReviewSubmitted submitted -> ApprovalNarrator.tell(submitted);
            case ReviewRecorded recorded -> ApprovalNarrator.tell(recorded);
            case ReviewRefused refused -> ApprovalNarrator.tell(refused);
            case ApprovalClaimed claimed -> ApprovalNarrator.tell(claimed);
            case ApprovalReleased released -> ApprovalNarrator.tell(released);
            case ApprovalEscalated escalated -> ApprovalNarrator.tell(escalated);
            case ApprovalReminded reminded -> ApprovalNarrator.tell(reminded);
            case QuestionAsked asked -> ApprovalNarrator.tell(asked);
            case QuestionAnswered answered -> ApprovalNarrator.tell(answered);
            case ReassessmentRequested requested -> ApprovalNarrator.tell(requested);
            case NobodyReached nobody -> ApprovalNarrator.tell(nobody);
            case GlassBroken broken -> ApprovalNarrator.tell(broken);
            case GlassSigned signed -> ApprovalNarrator.tell(signed);
            case GlassOverdue overdue -> ApprovalNarrator.tell(overdue);
            case DecisionRevoked revoked -> ApprovalNarrator.tell(revoked);
            case Decision decision -> tell(decision);
            case GrantRedeemed redeemed ->
                Sentence.builder()
                        .verified(redeemed.agent().value())
                        .say(" took up its grant for exactly this action; the grant is used up")
                        .end();
            case GrantMisused misused ->
                Sentence.builder()
                        .verified(misused.presentedBy())
                        .say(" presented the grant and was refused: " + withoutFullStop(misused.explanation()))
                        .end();
            case ActionExecuted executed ->
                Sentence.builder()
                        .verified(executed.agent().value())
                        .say(
                                executed.result() == ActionExecuted.Result.SUCCEEDED
                                        ? " reports that it ran"
                                        : " reports that it ran and failed")
                        .quoted(": ", executed.summary())
                        .end();
            case RunOverdue overdue ->
                Sentence.builder()
                        .verified(overdue.agent().value())
                        .say(
                                overdue.redeemedAt() == null
                                        ? " did not take up its grant in time; nothing is known to have run"
                                        : " took up its grant, and has not reported in time how it ended")
                        .end();
            case Notified notified ->
                Sentence.builder()
                        .exact(notified.recipient())
                        .say(" was told by %s%s".formatted(notified.channel(), tries(notified.attempts())))
                        .end();
            case NotificationFailed failed ->
                Sentence.builder()
                        .exact(failed.recipient())
                        .say(" could not be told by %s%s"
                                .formatted(
                                        failed.channel(),
                                        failed.attempts() == 0 ? "; no try was made" : tries(failed.attempts())))
                        .quoted(": ", failed.problem())
                        .end();
            case CardUpdated updated ->
                Sentence.builder()
                        .say("The card in %s for ".formatted(updated.channel()))
                        .exact(updated.recipient())
                        .say(" was rewritten")
                        .end();
            case PolicySetActivated activated ->
                Sentence.builder()
                        .say("The policy set ")
                        .exact(activated.name())
                        .say(" with %d rules came into force"
                                .formatted(activated.rules().size()))
                        .end();
        };
    }

    private static Sentence tell(ActionRequested requested) {
        Verified verified = requested.verified();
        var sentence = Sentence.builder().verified(verified.agent().value()).say(" asked");
        if (verified.onBehalfOf() != null) {
            sentence.say(", for ").verified(Words.name(verified.onBehalfOf())).say(",");
        }
        return sentence.say(" to do ")
                .exact(requested.action().type().value())
                .say(" on ")
                .exact(requested.action().resource())
                .say(" in ")
                .exact(requested.action().environment())
                .quoted(". It says why: ", requested.claimed().intent())
                .end();
    }

    private static Sentence tell(Decision decision) {
        var sentence = Sentence.builder()
                .say("Decided by %s: %s".formatted(Words.decider(decision.decidedBy()), ending(decision)));
        if (decision.supersededBy() != null) {
            sentence.say("; ").exact(decision.supersededBy().value()).say(" counts instead");
        }
        if (decision.parameters() != null) {
            sentence.say(", with the inputs as a reviewer changed them");
        }
        // Quoted, for it may hold what an agent or a reviewer said.
        sentence.quoted(". The agent is told: ", withoutFullStop(decision.reason()));
        if (decision.grant() != null) {
            sentence.say(". The grant is good for one run "
                    + TimeWords.until(decision.decidedAt(), decision.grant().expiresAt()));
        }
        return sentence.end();
    }

    private static String ending(Decision decision) {
        return switch (decision.outcome()) {
            case ALLOWED, DENIED, REJECTED, EXPIRED, WITHDRAWN -> Words.outcome(decision.outcome());
            case UNDELIVERABLE -> "undeliverable, for nobody could be told of it";
            case SUPERSEDED -> "superseded by an identical request";
            case POLICY_CHANGED -> "ended by a change of policy";
        };
    }

    private static Sentence tellWithoutData(LedgerLeaf.OfEvent event) {
        return Sentence.builder()
                .say("An event of type ")
                .exact(event.eventType())
                .say(
                        switch (event.content()) {
                            case Content.Digested digested ->
                                " happened; its data is in the ledger by its digest only (%d bytes)"
                                        .formatted(digested.bytes());
                            case Content.Whole whole ->
                                " happened; this version of the ledger cannot put it into words";
                        })
                .end();
    }

    private static Sentence.Builder verdict(String opening, Verdict verdict) {
        Assessment assessment = verdict.assessment();
        String rules =
                assessment.rules().stream().map(Assessment.MatchedRule::id).collect(joining(", "));
        return Sentence.builder()
                .say(opening + withoutFullStop(assessment.explanation()) + " (")
                .say(Words.risk(assessment.risk()) + " risk; "
                        + (rules.isEmpty()
                                ? "no rule matched"
                                : (assessment.rules().size() == 1 ? "rule " : "rules ") + rules)
                        + ")")
                .say(verdict instanceof ApprovalRequired || hasAlternative(verdict) ? "." : "");
    }

    private static boolean hasAlternative(Verdict verdict) {
        return verdict instanceof AutoDenied denied && denied.saferAlternative() != null;
    }

    private static String slots(Requirement requirement) {
        return requirement.slots().stream()
                .map(slot -> "%d from %s".formatted(slot.approvals(), slot.group()))
                .collect(joining(" and "));
    }

    private static String tries(int attempts) {
        return attempts == 1 ? "" : " after %d tries".formatted(attempts);
    }

    static String withoutFullStop(String text) {
        return text.strip().replaceFirst("[.]$", "");
    }
}
