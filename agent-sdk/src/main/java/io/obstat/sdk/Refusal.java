package io.obstat.sdk;

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
     * @param cause such as {@code already-redeemed}, {@code digest-differs}, {@code expired}; {@code unanswered} when the grant was presented and no answer came
     */
    record GrantRefused(ActionId actionId, String cause, String explanation) implements Refusal, Redemption {

        @Override
        public String message() {
            return explanation + " Nothing was run.";
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
