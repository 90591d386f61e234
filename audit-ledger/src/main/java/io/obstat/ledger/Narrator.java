package io.obstat.ledger;

import static java.util.stream.Collectors.joining;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
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
            case ReviewSubmitted submitted ->
                review(submitted.review(), " clicked ‘%s’ in a channel".formatted(verb(submitted.review())))
                        .end();
            case ApprovalOpened opened ->
                Sentence.builder()
                        .say("From now on people can decide: " + slots(opened.requirement()) + ", "
                                + TimeWords.until(opened.openedAt(), opened.expiresAt()))
                        .end();
            case ReviewRecorded recorded ->
                review(recorded.review(), recorded.review().verb() == Review.Verb.APPROVE ? " approved" : " rejected")
                        .say(progress(recorded))
                        .end();
            case ReviewRefused refused ->
                review(refused.review(), " tried to %s and was refused".formatted(verb(refused.review())))
                        .say(". They were told: " + withoutFullStop(refused.explanation()))
                        .end();
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
            sentence.say(", for ").verified(name(verified.onBehalfOf())).say(",");
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
                .say("Decided by %s: %s"
                        .formatted(
                                switch (decision.decidedBy()) {
                                    case POLICY -> "policy";
                                    case PEOPLE -> "people";
                                    case TIME -> "the deadline";
                                    case AGENT -> "the agent";
                                },
                                outcome(decision.outcome())));
        // Quoted, for it may hold what an agent or a reviewer said.
        sentence.quoted(". The agent is told: ", withoutFullStop(decision.reason()));
        if (decision.grant() != null) {
            sentence.say(". The grant is good for one run "
                    + TimeWords.until(decision.decidedAt(), decision.grant().expiresAt()));
        }
        return sentence.end();
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
                .say(risk(assessment.risk()) + " risk; "
                        + (rules.isEmpty()
                                ? "no rule matched"
                                : (assessment.rules().size() == 1 ? "rule " : "rules ") + rules)
                        + ")")
                .say(verdict instanceof ApprovalRequired || hasAlternative(verdict) ? "." : "");
    }

    private static boolean hasAlternative(Verdict verdict) {
        return verdict instanceof AutoDenied denied && denied.saferAlternative() != null;
    }

    private static Sentence.Builder review(Review review, String what) {
        return Sentence.builder()
                .verified(name(review.reviewer().person()))
                .say(what + ", identified by "
                        + identification(review.reviewer().identifiedBy()))
                .quoted(": ", review.reason());
    }

    private static String progress(ReviewRecorded recorded) {
        if (recorded.review().verb() == Review.Verb.REJECT
                || recorded.progress().isEmpty()) {
            return "";
        }
        return recorded.progress().stream()
                .map(slot -> "%d of %d from %s"
                        .formatted(
                                slot.filled(),
                                slot.slot().approvals(),
                                slot.slot().group()))
                .collect(joining(", ", " (", ")"));
    }

    private static String slots(Requirement requirement) {
        return requirement.slots().stream()
                .map(slot -> "%d from %s".formatted(slot.approvals(), slot.group()))
                .collect(joining(" and "));
    }

    /** How a person is called: by key, never by display name. */
    public static String name(Person person) {
        return person.email() == null || person.email().equalsIgnoreCase(person.subject())
                ? person.subject()
                : person.subject() + " <" + person.email() + ">";
    }

    /** An outcome in a word. */
    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case REJECTED -> "rejected";
            case EXPIRED -> "expired";
            case WITHDRAWN -> "withdrawn";
        };
    }

    /** A risk in a word. */
    public static String risk(Risk risk) {
        return switch (risk) {
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case CRITICAL -> "critical";
        };
    }

    private static String identification(Identification identification) {
        return switch (identification) {
            case CHAT -> "a chat click";
            case BEARER_TOKEN -> "bearer token";
            case OIDC_SESSION -> "OIDC session";
        };
    }

    private static String verb(Review review) {
        return review.verb() == Review.Verb.APPROVE ? "approve" : "reject";
    }

    private static String tries(int attempts) {
        return attempts == 1 ? "" : " after %d tries".formatted(attempts);
    }

    private static String withoutFullStop(String text) {
        return text.strip().replaceFirst("[.]$", "");
    }
}
