package io.obstat.decision.simulation;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Command;
import io.obstat.decision.Examples;
import io.obstat.decision.Fact;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** How an action ends, and that it does so once. */
final class DecisionInvariants {

    private DecisionInvariants() {}

    static List<Invariant> all() {
        return List.of(
                new OneTerminalDecision(),
                new NeverAllowedByFailure(),
                new TerminalReasonsToldApart(),
                new WithdrawalStands(),
                new TimeKeepsItsOrder());
    }

    static final class OneTerminalDecision extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof Decision) {
                require(before.decision == null, () -> "it is decided a second time");
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (step.before() instanceof Decided decided) {
                require(
                        step.next() instanceof Decided next
                                && next.file().decision().equals(decided.file().decision()),
                        () -> "a decision did not stay");
            }
            if (step.next() instanceof Decided next) {
                require(next.file().decision().equals(after.decision), () -> "what is decided is not what was said");
            }
        }

        @Override
        void end(Reading last, Trace trace) {
            List<Decision> read = trace.wire().read().stream()
                    .map(Fact::event)
                    .filter(Decision.class::isInstance)
                    .map(Decision.class::cast)
                    .toList();
            require(
                    read.equals(last.decision == null ? List.of() : List.of(last.decision)),
                    () -> "a reader sees " + read);
        }
    }

    /** Only policy's yes, or people's in time, or one person's in an emergency, allows. */
    static final class NeverAllowedByFailure extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (!(fact.event() instanceof Decision decision) || decision.outcome() != Outcome.ALLOWED) {
                return;
            }
            Instant now = step.command().now();
            Instant deadline = before.verdict == null
                    ? ((Command.Open) step.command()).verdict().request().deadline()
                    : before.verdict.request().deadline();
            require(deadline == null || now.isBefore(deadline), () -> "the agent's deadline was over");
            if (before.requirement != null) {
                require(now.isBefore(Objects.requireNonNull(before.expiresAt)), () -> "people's time was over");
            }
            boolean right = switch (decision.decidedBy()) {
                case POLICY ->
                    step.command() instanceof Command.Open open
                            && open.verdict() instanceof AutoAllowed allowed
                            && allowed.request().digest().equals(decision.digest())
                            && (before.awaited == null
                                    ? step.before() instanceof Unopened
                                    : before.awaited.request().digest().equals(decision.digest())
                                            && !allowed.assessment()
                                                    .assessedAt()
                                                    .isBefore(before.awaited.requestedAt()));
                case PEOPLE -> before.isMet(now) && before.awaited == null;
                case BREAK_GLASS -> {
                    Review review = decision.reviews().getFirst();
                    yield decision.reviews().size() == 1
                            && review.verb() == Verb.BREAK_GLASS
                            && isSaidIn(step, review)
                            && before.isAssured(review)
                            && Objects.requireNonNull(before.requirement).breakGlass() != null;
                }
                case TIME, AGENT -> false;
            };
            require(right, () -> "it was allowed by " + decision.decidedBy());
        }

        /** Now, or before policy spoke. */
        private static boolean isSaidIn(Step step, Review review) {
            return step.command() instanceof Command.Submit submit
                    ? submit.review().equals(review)
                    : step.before() instanceof Unopened unopened
                            && unopened.early().contains(review);
        }

        @Override
        void step(Reading after, Step step) {
            if (step.next() instanceof Pending pending
                    && pending.verdict().requirement().deadline() != null) {
                Instant asked = pending.verdict().assessment().assessedAt();
                Duration people = pending.verdict().requirement().deadline();
                Instant agent = pending.verdict().request().deadline();
                require(
                        !pending.expiresAt().isAfter(asked.plus(people))
                                && (agent == null || !pending.expiresAt().isAfter(agent)),
                        () -> "people have longer than policy or the agent gives them");
            }
        }
    }

    /** Each way to end is told as what it is: who ended it, and in words of its own. */
    static final class TerminalReasonsToldApart extends Invariant {

        private record End(Outcome outcome, DecidedBy decidedBy, String says) {}

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof Decision decision) {
                End end = step.before() instanceof Unopened && before.requirement == null
                        ? unasked(before, (Command.Open) step.command())
                        : asked(before, step);
                require(
                        decision.outcome() == end.outcome()
                                && decision.decidedBy() == end.decidedBy()
                                && decision.reason().contains(end.says()),
                        () -> "it is %s, and was told as %s by %s: %s"
                                .formatted(end, decision.outcome(), decision.decidedBy(), decision.reason()));
            }
        }

        private static End unasked(Reading before, Command.Open open) {
            Instant now = open.now();
            if (before.withdrawn) {
                return new End(Outcome.WITHDRAWN, DecidedBy.AGENT, "You withdrew");
            }
            Instant deadline = open.verdict().request().deadline();
            return switch (open.verdict()) {
                case AutoAllowed allowed ->
                    deadline != null && !now.isBefore(deadline)
                            ? new End(Outcome.EXPIRED, DecidedBy.TIME, "Policy's answer came after your deadline")
                            : new End(Outcome.ALLOWED, DecidedBy.POLICY, "Exports of customer data need people");
                case AutoDenied denied -> denied(Outcome.DENIED, "Exports of customer data need people", denied);
                case ApprovalRequired required -> spared(required, open.at().load(), now);
            };
        }

        private static End spared(ApprovalRequired required, Load load, Instant now) {
            if (load.identical() != null) {
                return new End(
                        Outcome.SUPERSEDED, DecidedBy.POLICY, load.identical().value());
            }
            Limits limits = Objects.requireNonNull(required.requirement().limits());
            Instant rejected = load.lastRejected();
            return limits.cooldown() != null && rejected != null && now.isBefore(rejected.plus(limits.cooldown()))
                    ? new End(Outcome.DENIED, DecidedBy.POLICY, "People rejected the like of this")
                    : new End(Outcome.DENIED, DecidedBy.POLICY, "requests wait for people");
        }

        private static End asked(Reading before, Step step) {
            Instant now = step.command().now();
            if (!now.isBefore(Objects.requireNonNull(before.expiresAt))) {
                return before.nobody()
                        ? new End(Outcome.UNDELIVERABLE, DecidedBy.TIME, "could be told of it")
                        : new End(Outcome.EXPIRED, DecidedBy.TIME, "Not approved in time");
            }
            if (step.command() instanceof Command.Open open && before.awaited != null) {
                if (open.verdict() instanceof AutoAllowed) {
                    return new End(Outcome.ALLOWED, DecidedBy.POLICY, "Exports of customer data need people");
                }
                if (open.verdict() instanceof AutoDenied denied) {
                    return before.awaited.edit() != null
                            ? denied(Outcome.DENIED, "Exports of customer data need people", denied)
                            : denied(Outcome.POLICY_CHANGED, "Policy changed while this was pending", denied);
                }
            }
            if (before.isRejected(now)) {
                return new End(Outcome.REJECTED, DecidedBy.PEOPLE, "Rejected by a person");
            }
            if (before.awaited == null && before.isMet(now)) {
                return new End(Outcome.ALLOWED, DecidedBy.PEOPLE, "Approved by people");
            }
            return step.command() instanceof Command.Withdraw withdraw
                            && withdraw.withdrawal().withdrawnBy().equals(Examples.AGENT)
                    ? new End(Outcome.WITHDRAWN, DecidedBy.AGENT, "You withdrew")
                    : new End(Outcome.ALLOWED, DecidedBy.BREAK_GLASS, "in an emergency: \"because\"");
        }

        private static End denied(Outcome outcome, String says, AutoDenied verdict) {
            return new End(outcome, DecidedBy.POLICY, verdict.saferAlternative() == null ? says : "Do this instead");
        }
    }

    /** What its agent has taken back is not allowed afterwards, whoever else tried to take it back as well. */
    static final class WithdrawalStands extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof Decision decision && before.withdrawn) {
                require(decision.outcome() != Outcome.ALLOWED, () -> "it was withdrawn, and it is allowed");
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (step.command() instanceof Command.Withdraw withdraw
                    && withdraw.withdrawal().withdrawnBy().equals(Examples.AGENT)
                    && !(step.before() instanceof Unopened)) {
                require(step.next() instanceof Decided, () -> "it was withdrawn, and people can still decide");
            }
        }
    }

    /** Reminders and escalations come in their order, once, when they are due, and not after the end. */
    static final class TimeKeepsItsOrder extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Instant now = step.command().now();
            switch (fact.event()) {
                case ApprovalOpened again
                when before.awaited != null && before.awaited.edit() == null ->
                    require(
                            !again.expiresAt().isAfter(Objects.requireNonNull(before.expiresAt)),
                            () -> "a change of policy gives people more time");
                case ApprovalReminded reminded -> {
                    List<Duration> planned =
                            Objects.requireNonNull(before.requirement).reminders();
                    require(
                            isOpen(before, now)
                                    && reminded.number() == before.reminders + 1
                                    && !now.isBefore(start(before).plus(planned.get(before.reminders))),
                            () -> "a reminder out of turn: " + reminded);
                }
                case ApprovalEscalated escalated -> {
                    boolean due = Objects.requireNonNull(before.requirement).escalations().stream()
                            .anyMatch(planned -> planned.group().equals(escalated.group())
                                    && (escalated.review() != null
                                            || (planned.after() != null
                                                    && !now.isBefore(
                                                            start(before).plus(planned.after())))));
                    require(
                            isOpen(before, now) && due && !before.escalated.contains(escalated.group()),
                            () -> "an escalation out of turn: " + escalated);
                }
                case NobodyReached nobody ->
                    require(
                            isOpen(before, now) && before.nobody() && !before.raised && !now.isBefore(before.alarm()),
                            () -> "somebody was reached, or came, or still may be: " + nobody);
                default -> {}
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (step.command() instanceof Command.Tick tick && step.next() instanceof Pending && after.nobody()) {
                require(
                        after.raised || tick.now().isBefore(after.alarm()),
                        () -> "nobody was reached, and nobody hears of it");
            }
        }

        private static boolean isOpen(Reading before, Instant now) {
            return before.decision == null && now.isBefore(Objects.requireNonNull(before.expiresAt));
        }

        private static Instant start(Reading before) {
            return Objects.requireNonNull(before.verdict).assessment().assessedAt();
        }
    }
}
