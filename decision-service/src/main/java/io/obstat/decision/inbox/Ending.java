package io.obstat.decision.inbox;

import io.obstat.contracts.Grant;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended: who decided, when, how they were identified and why, and what ran.
 *
 * @param word {@code Allowed}, {@code Rejected}, …
 * @param tone {@code good} when it was allowed, {@code bad} when somebody or something said no, {@code calm} otherwise
 * @param by who or what decided, to be read after the word; empty when the votes say it all
 * @param at when
 * @param reason the sentence that the agent was given
 * @param votes the reviews that counted
 * @param run what became of the grant; empty when there is none
 * @param ran {@code good}, {@code bad}, or {@code open} while nothing is known
 * @param summary what the agent says about the run, empty when it says nothing
 */
public record Ending(
        String word,
        String tone,
        String by,
        Moment at,
        VisibleText reason,
        List<Vote> votes,
        String run,
        String ran,
        VisibleText summary) {

    /**
     * One person's review.
     *
     * @param verb {@code approved} or {@code rejected}
     * @param identified how the person was identified, to be read after "identified by"
     * @param reason in their words, empty when they gave none
     */
    public record Vote(Party person, String verb, Moment at, VisibleText identified, VisibleText reason) {

        static Vote of(Review review, Person reader) {
            Reviewer reviewer = review.reviewer();
            return new Vote(
                    Party.of(reviewer.person(), reader),
                    review.verb() == Review.Verb.APPROVE ? "approved" : "rejected",
                    Moment.of(review.submittedAt()),
                    VisibleText.of(
                            switch (reviewer.identifiedBy()) {
                                case CHAT -> "a click in chat, vouched for by " + reviewer.authority();
                                case BEARER_TOKEN -> "a token of " + reviewer.authority() + ", through the API";
                                case OIDC_SESSION -> "signing in at " + reviewer.authority();
                                case WEBAUTHN -> "a security key, after signing in at " + reviewer.authority();
                            }),
                    review.reason() == null ? VisibleText.empty() : VisibleText.of(review.reason()));
        }
    }

    public Ending {
        votes = List.copyOf(votes);
    }

    static Ending of(Decision decision, ApprovalView.@Nullable Run run, Person reader, Instant now) {
        @Nullable ActionExecuted executed = run == null ? null : run.executed();
        return new Ending(
                word(decision.outcome()),
                tone(decision.outcome()),
                by(decision),
                Moment.of(decision.decidedAt()),
                VisibleText.of(decision.reason()),
                decision.reviews().stream()
                        .map(review -> Vote.of(review, reader))
                        .toList(),
                run(decision.grant(), run, now),
                executed == null ? "open" : executed.result() == ActionExecuted.Result.SUCCEEDED ? "good" : "bad",
                executed == null || executed.summary() == null
                        ? VisibleText.empty()
                        : VisibleText.of(executed.summary()));
    }

    private static String word(Outcome outcome) {
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

    private static String tone(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> "good";
            case DENIED, REJECTED -> "bad";
            case EXPIRED, WITHDRAWN, UNDELIVERABLE, SUPERSEDED, POLICY_CHANGED -> "calm";
        };
    }

    private static String by(Decision decision) {
        return switch (decision.decidedBy()) {
            case POLICY -> "by policy";
            case PEOPLE -> "";
            case BREAK_GLASS -> "by one person, in an emergency";
            case TIME -> "because not enough people approved in time";
            case AGENT -> "by the agent that asked";
        };
    }

    private static String run(@Nullable Grant grant, ApprovalView.@Nullable Run run, Instant now) {
        if (grant == null) {
            return "";
        }
        if (run == null) {
            return now.isBefore(grant.expiresAt())
                    ? "Has not run. The grant can be used once, until "
                            + Moment.of(grant.expiresAt()).text() + "."
                    : "Never ran. The grant went unused and ended "
                            + Moment.of(grant.expiresAt()).text() + ".";
        }
        @Nullable ActionExecuted executed = run.executed();
        if (executed == null) {
            return "Started " + Moment.of(run.redeemedAt()).text() + ". The agent has not reported how it went.";
        }
        return switch (executed.result()) {
            case SUCCEEDED ->
                "Ran as approved, reported " + Moment.of(executed.executedAt()).text() + ".";
            case FAILED ->
                "Ran and failed, reported " + Moment.of(executed.executedAt()).text() + ".";
        };
    }
}
