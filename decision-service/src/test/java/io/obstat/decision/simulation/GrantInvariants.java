package io.obstat.decision.simulation;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.RunOverdue;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.Command;
import io.obstat.decision.Examples;
import io.obstat.decision.Fact;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.ReportAnswer;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of what was allowed. */
final class GrantInvariants {

    private GrantInvariants() {}

    static List<Invariant> all() {
        return List.of(
                new NothingRunsWithoutGrant(),
                new GrantIsRecheckedAtRedemption(),
                new RevocationStands(),
                new EveryGrantIsAccountedFor());
    }

    static final class NothingRunsWithoutGrant extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Instant now = step.command().now();
            if (fact.event() instanceof GrantRedeemed redeemed) {
                Decision decision = before.decision;
                require(
                        decision != null
                                && decision.outcome() == Outcome.ALLOWED
                                && decision.grant() != null
                                && decision.grant().id().equals(redeemed.grant())
                                && decision.digest().equals(redeemed.digest())
                                && decision.agent().equals(redeemed.agent())
                                && before.redeemed == null
                                && before.revoked == null
                                && !now.isBefore(decision.decidedAt())
                                && now.isBefore(decision.decidedAt().plus(Simulation.GRANT_LIFETIME)),
                        () -> "it must not run: " + redeemed);
            }
            if (fact.event() instanceof ActionExecuted executed) {
                require(
                        before.redeemed != null && before.redeemed.agent().equals(executed.agent()),
                        () -> "it ran without a redeemed grant: " + executed);
            }
        }

        @Override
        void step(Reading after, Step step) {
            boolean redeemed = step.fact(GrantRedeemed.class) != null;
            boolean misused = step.fact(GrantMisused.class) != null;
            if (step.command() instanceof Command.Redeem) {
                require(
                        redeemed == (step.transition().answer() instanceof RedemptionAnswer.Redeemed)
                                && misused == (step.transition().answer() instanceof RedemptionAnswer.Refused),
                        () -> "what the agent is told is not what is on record");
            } else {
                require(!redeemed && !misused, () -> "nobody has redeemed anything");
            }
        }
    }

    /** Everything that made a grant good is looked at again, and what is wrong is named. */
    static final class GrantIsRecheckedAtRedemption extends Invariant {

        @Override
        void step(Reading after, Step step) {
            if (step.command() instanceof Command.Redeem redeem
                    && step.before() instanceof Granted granted
                    && granted.grant().id().equals(redeem.grant())) {
                GrantMisused.Cause flaw = flaw(after, redeem, granted.grant().expiresAt(), step);
                GrantMisused.Cause told =
                        step.transition().answer() instanceof RedemptionAnswer.Refused refused ? refused.cause() : null;
                require(flaw == told, () -> "wrong with it is %s, and told was %s".formatted(flaw, told));
            }
        }

        private static GrantMisused.@Nullable Cause flaw(
                Reading reading, Command.Redeem redeem, Instant expiresAt, Step step) {
            Decision decision = Objects.requireNonNull(reading.decision);
            Instant now = redeem.now();
            boolean just = step.fact(GrantRedeemed.class) != null;
            if (!redeem.presenter().equals(decision.agent().value())) {
                return GrantMisused.Cause.FOREIGN_AGENT;
            }
            if (!isOfTheRightKey(reading, redeem)) {
                return GrantMisused.Cause.FOREIGN_KEY;
            }
            if (!redeem.presented().equals(decision.digest())) {
                return GrantMisused.Cause.DIGEST_DIFFERS;
            }
            if (reading.revoked != null) {
                return GrantMisused.Cause.REVOKED;
            }
            if (reading.redeemed != null && !just) {
                return GrantMisused.Cause.ALREADY_REDEEMED;
            }
            if (!now.isBefore(decision.decidedAt().plus(Simulation.GRANT_LIFETIME)) || !now.isBefore(expiresAt)) {
                return GrantMisused.Cause.EXPIRED;
            }
            return reading.isSuspended(now)
                    ? GrantMisused.Cause.AGENT_SUSPENDED
                    : PolicyInvariants.isOld(Objects.requireNonNull(reading.verdict), redeem.at())
                            ? GrantMisused.Cause.POLICY_CHANGED
                            : stillApproved(reading, decision, now) ? null : GrantMisused.Cause.APPROVERS_CHANGED;
        }

        private static boolean isOfTheRightKey(Reading reading, Command.Redeem redeem) {
            String key =
                    Objects.requireNonNull(reading.verdict).request().verified().keyThumbprint();
            return key == null || key.equals(redeem.key());
        }

        private static boolean stillApproved(Reading reading, Decision decision, Instant now) {
            if (decision.decidedBy() == DecidedBy.POLICY) {
                return true;
            }
            if (decision.decidedBy() == DecidedBy.PEOPLE) {
                return reading.isMet(now);
            }
            String who = reading.login(decision.reviews().getFirst().reviewer());
            return VotingInvariants.oracle(reading, Verb.BREAK_GLASS).counts(who, who, Verb.BREAK_GLASS, now);
        }
    }

    /** Whoever may, voids it while it is unused; then it is void. */
    static final class RevocationStands extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Instant now = step.command().now();
            if (fact.event() instanceof DecisionRevoked revoked) {
                Review review = revoked.review();
                require(
                        before.redeemed == null
                                && before.revoked == null
                                && Objects.requireNonNull(before.decision).outcome() == Outcome.ALLOWED,
                        () -> "there is nothing to revoke");
                if (review == null) {
                    require(
                            step.command() instanceof Command.GiveBack back
                                    && back.agent().equals(Examples.AGENT),
                            () -> "somebody else gave it back");
                } else {
                    String who = before.login(review.reviewer());
                    Judge.Bench oracle = before.oracle();
                    require(
                            !oracle.isAgent(who, now)
                                    && now.isBefore(before.decision.decidedAt().plus(Simulation.GRANT_LIFETIME))
                                    && (oracle.isOwn(who, Verb.REVOKE, now) || oracle.may(who, Verb.REVOKE, now)),
                            () -> "%s may not revoke it".formatted(who));
                }
            }
            if (before.revoked != null) {
                require(!(fact.event() instanceof GrantRedeemed), () -> "it was revoked, and runs");
            }
        }
    }

    /** In the end every grant is redeemed and reported, revoked, or on record as overdue. */
    static final class EveryGrantIsAccountedFor extends Invariant {

        private boolean overdue;
        private boolean executed;

        @Override
        void begin() {
            overdue = false;
            executed = false;
        }

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof RunOverdue raised) {
                Instant due = before.redeemed == null
                        ? Objects.requireNonNull(before.decision).decidedAt().plus(Simulation.GRANT_LIFETIME)
                        : before.redeemed.redeemedAt().plus(Simulation.REPORT_WITHIN);
                require(
                        before.revoked == null
                                && !step.command().now().isBefore(due)
                                && Objects.equals(
                                        raised.redeemedAt(),
                                        before.redeemed == null ? null : before.redeemed.redeemedAt()),
                        () -> "not overdue: " + raised);
                overdue = true;
            }
            executed |= fact.event() instanceof ActionExecuted;
        }

        @Override
        void step(Reading after, Step step) {
            if (step.command() instanceof Command.Report
                    && step.transition().answer() instanceof ReportAnswer.NotRedeemed) {
                require(after.redeemed == null, () -> "a report of a redeemed grant was turned away");
            }
        }

        @Override
        void end(Reading last, Trace trace) {
            boolean granted = last.decision != null && last.decision.outcome() == Outcome.ALLOWED;
            if (granted) {
                require(overdue || executed || last.revoked != null, () -> "a grant is forgotten");
            }
        }
    }
}
