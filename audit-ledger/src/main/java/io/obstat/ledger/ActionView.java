package io.obstat.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An action as far as the ledger has seen it, and the newest entry that this rests on. Events of different topics can come in any order, so
 * each fills its own place and {@link #status()} follows from which places are filled.
 *
 * @param restsOn the newest entry about it
 * @param tally what has happened how often
 * @param firstAt the earliest event time
 * @param lastAt the latest event time
 * @param asked what was asked, once known
 * @param assessed what policy said, once known
 * @param decided the decision, once there is one
 * @param ran what became of the grant, once something did
 * @param revoked that what was allowed must not run after all, once somebody said so
 * @param alarms what had to be raised about it
 */
public record ActionView(
        ActionId actionId,
        LeafPosition restsOn,
        Tally tally,
        Instant firstAt,
        Instant lastAt,
        @Nullable Asked asked,
        @Nullable Assessed assessed,
        @Nullable Decided decided,
        @Nullable Ran ran,
        @Nullable Revoked revoked,
        Set<Alarm> alarms) {
    public ActionView {
        Required.present("actionId", actionId);
        Required.present("restsOn", restsOn);
        Required.present("tally", tally);
        Required.present("firstAt", firstAt);
        Required.present("lastAt", lastAt);
        var raised = EnumSet.noneOf(Alarm.class);
        // A view that was kept before there were alarms has none.
        raised.addAll(alarms == null ? Set.of() : alarms);
        alarms = Collections.unmodifiableSet(raised);
    }

    /** What must not pass unnoticed. */
    public enum Alarm {
        /** Nobody could be told that people are asked. */
        @JsonProperty("nobody-reached")
        NOBODY_REACHED,
        /** Allowed in an emergency, and not signed in time. */
        @JsonProperty("glass-overdue")
        GLASS_OVERDUE,
        /** Allowed, and nobody said in time that it ran. */
        @JsonProperty("run-overdue")
        RUN_OVERDUE
    }

    /**
     * @param entries ledger entries about the action
     * @param refusedReviews reviews that did not count
     * @param misusedGrants refused attempts to use the grant
     */
    public record Tally(int entries, int refusedReviews, int misusedGrants) {}

    /**
     * Who asked for what, as policy last judged it: with the inputs that a reviewer changed, if one did. All of it verified or exact, but {@code intent}, which is the agent's claim.
     *
     * @param onBehalfOf the person the agent acts for
     */
    public record Asked(
            String agent,
            Person owner,
            @Nullable Person onBehalfOf,
            String type,
            String resource,
            String environment,
            ActionDigest digest,
            String intent) {
        static Asked of(ActionRequested request) {
            return new Asked(
                    request.verified().agent().value(),
                    request.verified().owner(),
                    request.verified().onBehalfOf(),
                    request.action().type().value(),
                    request.action().resource(),
                    request.action().environment(),
                    request.digest(),
                    request.claimed().intent());
        }
    }

    /**
     * @param title the action in plain words, by policy
     * @param at when policy spoke; absent in a view that was kept before it could speak twice
     */
    public record Assessed(
            String title,
            Risk risk,
            boolean asksPeople,
            @Nullable Instant at) {
        static Assessed of(Assessment assessment, boolean asksPeople) {
            return new Assessed(assessment.title(), assessment.risk(), asksPeople, assessment.assessedAt());
        }
    }

    /** @param people whose reviews counted, in the decision's order */
    public record Decided(Outcome outcome, Decision.DecidedBy by, List<Person> people, String reason, Instant at) {
        public Decided {
            people = people == null ? List.of() : List.copyOf(people);
        }

        static Decided of(Decision decision) {
            return new Decided(
                    decision.outcome(),
                    decision.decidedBy(),
                    decision.reviews().stream()
                            .map(review -> review.reviewer().person())
                            .toList(),
                    decision.reason(),
                    decision.decidedAt());
        }
    }

    /** @param by who revoked it; absent when the agent gave the grant back */
    public record Revoked(@Nullable Person by, String reason, Instant at) {
        static Revoked of(DecisionRevoked revoked) {
            return new Revoked(
                    revoked.review() == null
                            ? null
                            : revoked.review().reviewer().person(),
                    revoked.reason(),
                    revoked.revokedAt());
        }
    }

    /**
     * @param redeemedAt when the grant was taken up
     * @param result how the run ended, as the agent reports
     * @param reportedAt when it said so
     */
    public record Ran(
            @Nullable Instant redeemedAt,
            ActionExecuted.@Nullable Result result,
            @Nullable Instant reportedAt) {}

    /** Where an action stands. */
    public enum Status {
        /** Asked for, and policy has not spoken. */
        @JsonProperty("requested")
        REQUESTED,
        /** Waits for people, or for the decision to be written. */
        @JsonProperty("pending")
        PENDING,
        /** Allowed, the grant not used. */
        @JsonProperty("allowed")
        ALLOWED,
        @JsonProperty("denied")
        DENIED,
        @JsonProperty("rejected")
        REJECTED,
        @JsonProperty("expired")
        EXPIRED,
        @JsonProperty("withdrawn")
        WITHDRAWN,
        @JsonProperty("undeliverable")
        UNDELIVERABLE,
        @JsonProperty("superseded")
        SUPERSEDED,
        @JsonProperty("policy-changed")
        POLICY_CHANGED,
        /** Allowed, and revoked before anything ran. */
        @JsonProperty("revoked")
        REVOKED,
        /** The grant is used, the outcome not reported. */
        @JsonProperty("running")
        RUNNING,
        /** Ran, as the agent reports. */
        @JsonProperty("ran")
        RAN,
        /** Ran and failed, as the agent reports. */
        @JsonProperty("failed")
        FAILED
    }

    /** Where it stands; follows from the rest. */
    @JsonProperty("status")
    public Status status() {
        if (ran != null && ran.result() != null) {
            return ran.result() == ActionExecuted.Result.SUCCEEDED ? Status.RAN : Status.FAILED;
        }
        if (ran != null) {
            return Status.RUNNING;
        }
        if (revoked != null) {
            return Status.REVOKED;
        }
        if (decided != null) {
            return switch (decided.outcome()) {
                case ALLOWED -> Status.ALLOWED;
                case DENIED -> Status.DENIED;
                case REJECTED -> Status.REJECTED;
                case EXPIRED -> Status.EXPIRED;
                case WITHDRAWN -> Status.WITHDRAWN;
                case UNDELIVERABLE -> Status.UNDELIVERABLE;
                case SUPERSEDED -> Status.SUPERSEDED;
                case POLICY_CHANGED -> Status.POLICY_CHANGED;
            };
        }
        return assessed == null ? Status.REQUESTED : Status.PENDING;
    }

    /** The log in which the action's events lie. */
    public int log() {
        return restsOn.log();
    }
}
