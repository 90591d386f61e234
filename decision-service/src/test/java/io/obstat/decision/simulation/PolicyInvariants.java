package io.obstat.decision.simulation;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.Fact;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** By which policy an action is judged. */
final class PolicyInvariants {

    private static final Duration ROLLOUT = Duration.ofSeconds(10);

    private PolicyInvariants() {}

    static List<Invariant> all(Decider decider) {
        return List.of(new OldPolicyHasNoSay(decider));
    }

    /** Whether the policy set that spoke is not in force any more, or was not when it spoke. */
    static boolean isOld(Verdict verdict, Circumstances at) {
        Assessment spoken = verdict.assessment();
        PolicyInForce policy = at.policy();
        if (policy == null || policy.digest().equals(spoken.policySet())) {
            return false;
        }
        return spoken.assessedAt().isBefore(policy.activatedAt())
                || policy.replaced().contains(spoken.policySet());
    }

    /** Nobody's approvals are enough by the terms of a set that is not in force, such a set answers nothing, and it is not asked in a circle. */
    static final class OldPolicyHasNoSay extends Invariant {

        private final Decider decider;

        OldPolicyHasNoSay(Decider decider) {
            this.decider = decider;
        }

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Circumstances at = step.command().at();
            switch (fact.event()) {
                case Decision decision
                when decision.outcome() == Outcome.ALLOWED && decision.decidedBy() == DecidedBy.PEOPLE ->
                    require(
                            !isOld(Objects.requireNonNull(before.verdict), at),
                            () -> "people allowed it by the terms of an old policy");
                case Decision decision
                when before.awaited != null && decision.decidedBy() == DecidedBy.POLICY -> requireInForce(step, at);
                case ApprovalOpened again when before.awaited != null -> requireInForce(step, at);
                case ReassessmentRequested asked
                when before.awaited != null && asked.edit() == null ->
                    require(
                            !asked.requestedAt()
                                    .isBefore(Objects.requireNonNull(before.askedAt)
                                            .plus(ROLLOUT)),
                            () -> "policy is asked again at once: " + asked);
                default -> {}
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (step.before() instanceof Pending
                    && step.next() instanceof Pending pending
                    && step.command() instanceof Command.Open open
                    && after.awaited != null
                    && open.verdict()
                            .request()
                            .digest()
                            .equals(after.awaited.request().digest())
                    && open.verdict().assessment().assessedAt().isAfter(Objects.requireNonNull(after.askedAt))) {
                Instant due = decider.due(pending).orElse(Instant.MAX);
                require(
                        !due.isAfter(open.now().plus(ROLLOUT)),
                        () -> "no sweep comes by when policy is to be asked once more: " + due);
            }
        }

        private void requireInForce(Step step, Circumstances at) {
            require(
                    step.command() instanceof Command.Open open && !isOld(open.verdict(), at),
                    () -> "an old policy has answered: " + step.command());
        }
    }
}
