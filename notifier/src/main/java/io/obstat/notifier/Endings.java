package io.obstat.notifier;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.notifier.Card.Tone;
import java.util.ArrayList;
import java.util.List;

/** How it ended and what became of it, in words: who, when, how identified, why, and what ran. */
final class Endings {

    private Endings() {}

    static String word(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> "Allowed";
            case DENIED -> "Denied";
            case REJECTED -> "Rejected";
            case EXPIRED -> "Expired";
            case WITHDRAWN -> "Withdrawn";
            case UNDELIVERABLE -> "Nobody reached";
            case SUPERSEDED -> "Superseded";
            case POLICY_CHANGED -> "Policy changed";
        };
    }

    static Tone tone(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> Tone.GOOD;
            case DENIED, REJECTED -> Tone.BAD;
            case EXPIRED, WITHDRAWN, UNDELIVERABLE, SUPERSEDED, POLICY_CHANGED -> Tone.CALM;
        };
    }

    /** None while it waits. */
    static List<Line> lines(Approval approval) {
        Notice.Decided decided = approval.decided();
        if (decided == null) {
            return List.of();
        }
        var lines = new ArrayList<Line>();
        lines.add(decision(decided));
        decided.reviews().forEach(review -> lines.add(vote(review)));
        approval.after().forEach(after -> lines.add(after(after)));
        return lines;
    }

    /** That it is decided, in a line. */
    static Line decision(Notice.Decided decided) {
        Notice.Ending ending = decided.ending();
        return Line.builder()
                .stress(word(ending.outcome()))
                .say(by(ending.decidedBy()) + " ")
                .when(decided.subject().at())
                .say(". The agent was told: ")
                .quote("", ending.reason())
                .line();
    }

    private static String by(DecidedBy decidedBy) {
        return switch (decidedBy) {
            case POLICY -> " by policy";
            case PEOPLE -> "";
            case TIME -> ", as not enough people approved in time,";
            case AGENT -> " by the agent that asked";
            case BREAK_GLASS -> " by one person, in an emergency,";
        };
    }

    private static Line vote(Review review) {
        return Line.builder()
                .who(review.reviewer())
                .say(review.verb() == Verb.REJECT ? " rejected " : " approved ")
                .when(review.submittedAt())
                .say(", identified by " + identified(review.reviewer()))
                .quote(": ", review.reason())
                .line();
    }

    private static String identified(Reviewer reviewer) {
        return switch (reviewer.identifiedBy()) {
            case CHAT -> reviewer.authority().startsWith("slack:") ? "a click in Slack" : "a click in Teams";
            case BEARER_TOKEN -> "a token, through the API";
            case OIDC_SESSION -> "signing in";
            case WEBAUTHN -> "a security key";
        };
    }

    /** What became of it, in a line. */
    static Line after(Notice.Aftermath aftermath) {
        return switch (aftermath) {
            case Notice.Revoked revoked -> revoked(revoked);
            case Notice.Executed executed ->
                Line.builder()
                        .stress(
                                executed.result() == ActionExecuted.Result.SUCCEEDED
                                        ? "Ran as approved"
                                        : "Ran and failed")
                        .say(", reported by ")
                        .show(executed.agent().value())
                        .say(" ")
                        .when(executed.subject().at())
                        .quote(
                                ". The agent says: ",
                                executed.claimed() == null
                                        ? null
                                        : executed.claimed().summary())
                        .line();
            case Notice.Unreported unreported ->
                Line.builder()
                        .stress("No report")
                        .say(
                                unreported.redeemedAt() == null
                                        ? ": the agent did not use its grant in time; nothing is known to have run."
                                        : ": the agent took up its grant and has not said in time how it went.")
                        .line();
            case Notice.Broken broken ->
                Line.builder()
                        .stress("Emergency")
                        .say(": ")
                        .who(broken.review().reviewer())
                        .quote(" allowed it at once: ", broken.review().reason())
                        .say(". %d of ".formatted(broken.signedBy().approvals()))
                        .show(broken.signedBy().group())
                        .say(" must sign by ")
                        .when(broken.dueAt())
                        .line();
            case Notice.Unsigned unsigned ->
                Line.builder()
                        .stress("Overdue")
                        .say(": %d %s missing since "
                                .formatted(
                                        unsigned.missing(),
                                        unsigned.missing() == 1 ? "signature is" : "signatures are"))
                        .when(unsigned.dueAt())
                        .line();
        };
    }

    private static Line revoked(Notice.Revoked revoked) {
        Review review = revoked.review();
        Line.Builder line =
                Line.builder().stress("Revoked").say(" ").when(revoked.subject().at());
        if (review == null) {
            return line.say(" by the agent, which gave its grant back").line();
        }
        return line.say(" by ")
                .who(review.reviewer())
                .quote(": ", review.reason() == null ? revoked.reason() : review.reason())
                .line();
    }
}
