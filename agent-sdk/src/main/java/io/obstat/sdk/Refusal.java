package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import java.time.Duration;
import java.util.Optional;

/** Why nothing was run. Each has a {@link #message()} that can be given to a model as it is. */
public sealed interface Refusal {

    /** What happened and what to do now, in sentences a model can act on. */
    String message();

    /** The decision was not "allowed". */
    sealed interface ByDecision extends Refusal, Answer {

        Decision decision();

        /** Until when not to ask for the same again, if policy said so. */
        default Optional<BackOff> backOff() {
            return Optional.ofNullable(decision().retryNotBefore()).map(BackOff::new);
        }

        @Override
        default String message() {
            Decision decision = decision();
            var message = new StringBuilder(decision.reason());
            // The service's reason names it as a rule; a model that is told a thing twice takes it for two.
            if (decision.saferAlternative() != null && !decision.reason().contains(decision.saferAlternative())) {
                message.append(" Instead: ").append(sentence(decision.saferAlternative()));
            }
            if (decision.retryNotBefore() != null) {
                message.append(" Do not ask for this again before ")
                        .append(decision.retryNotBefore())
                        .append('.');
            }
            return message.append(" Nothing was run.").toString();
        }

        private static String sentence(String text) {
            return text.endsWith(".") ? text : text + ".";
        }
    }

    /** Policy forbids it. */
    record Denied(Decision decision) implements ByDecision {}

    /** A person said no. */
    record Rejected(Decision decision) implements ByDecision {}

    /** Nobody, or not enough people, said yes in time. */
    record Expired(Decision decision) implements ByDecision {}

    /** The request was taken back. */
    record Withdrawn(Decision decision) implements ByDecision {}

    /** Nobody could be told of it, and nobody came of themselves: trouble of those who run Obstat, no judgement of the action. */
    record Undeliverable(Decision decision) implements ByDecision {}

    /**
     * The same agent's identical request is pending already.
     *
     * @param instead that request; its decision is the one to wait for, and both lead to one grant
     */
    record Superseded(Decision decision, Requested instead) implements ByDecision {

        @Override
        public String message() {
            String other = instead.actionId().value();
            return decision.reason()
                    + (decision.reason().contains(other) ? "" : " Wait for the decision on " + other + " instead.")
                    + " Nothing was run.";
        }
    }

    /** Policy changed while people had it before them, and no longer lets them allow it. */
    record PolicyChanged(Decision decision) implements ByDecision {}

    /**
     * It was allowed with other inputs than were asked for: a reviewer changed them. What was asked for must not run.
     *
     * @param approved the leave to run the action with the changed inputs, for an agent that they will do for
     */
    record Edited(Approved approved) implements Refusal, Answer {

        /** The action as it was allowed. */
        public Action action() {
            return approved.action();
        }

        @Override
        public String message() {
            return "%s It is allowed with other inputs than you asked for, and with no others: %s. Nothing was run."
                    .formatted(approved.decision().reason(), action().parameters());
        }
    }

    /**
     * There is no decision yet; the request goes on waiting for one.
     *
     * @param waited how long this client did
     */
    record Undecided(ActionId actionId, Duration waited) implements Refusal, Answer {

        @Override
        public String message() {
            return ("Nobody has decided %s within %s; it goes on waiting. Ask again under the same idempotency key to wait on, or withdraw it."
                            + " Nothing was run.")
                    .formatted(actionId, waited);
        }
    }

    /**
     * It was allowed, but the grant could not be taken up for what was about to run.
     *
     * @param cause {@code already-redeemed}, {@code digest-differs}, {@code expired}, {@code foreign-agent}, {@code foreign-key}, {@code revoked},
     *     {@code policy-changed}, {@code approvers-changed} or {@code agent-suspended}; {@code unanswered} when the grant was presented and no answer came
     * @param explanation what the service says
     */
    record GrantRefused(ActionId actionId, String cause, String explanation) implements Refusal, Redemption {

        @Override
        public String message() {
            return explanation + next() + " Nothing was run.";
        }

        /** What to do now, where the explanation speaks of what has happened only. */
        private String next() {
            return switch (cause) {
                case "revoked" -> " Do not ask for the same again before a person has told you to.";
                case "policy-changed" ->
                    " Ask again, under another idempotency key: the policy that is in force now decides.";
                case "approvers-changed" ->
                    " Ask again, under another idempotency key: those who may approve now decide.";
                case "agent-suspended" -> " Ask for nothing more, and tell the person who runs you.";
                case "foreign-key" ->
                    " The grant is bound to a key that this client does not hold; tell the person who set it up.";
                default -> "";
            };
        }
    }

    /** The same was denied a short while ago, and policy said when to ask again. Nobody was asked this time. */
    record BackingOff(BackOff backOff, Denied earlier) implements Refusal {

        @Override
        public String message() {
            return "Not asked, because the same was denied before: " + earlier.message();
        }
    }
}
