package io.obstat.decision.simulation;

import io.obstat.contracts.EventId;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.RunOverdue;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.Fact;
import io.obstat.decision.ReplyAnswer;
import io.obstat.decision.ReportAnswer;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.Transition;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What is on record, under which ids, and what is said to whoever says a thing twice. */
final class RecordInvariants {

    private RecordInvariants() {}

    static List<Invariant> all(Decider decider) {
        return List.of(
                new RepeatGetsFirstAnswer(),
                new EveryReviewOnRecordOnce(),
                new WhoeverWasAskedIsTold(),
                new FactIdsAreUnique(),
                new SameCauseSameId(decider),
                new DecideIsAFunction(decider),
                new NothingDueIsLeft(decider),
                new ReadersSeeAllInOrder());
    }

    /** Reviews, replies and reports are safe to repeat: the same answer, and nothing new. */
    static final class RepeatGetsFirstAnswer extends Invariant {

        private final Map<Object, Answer> answers = new HashMap<>();

        @Override
        void step(Reading after, Step step) {
            Answer answer = step.transition().answer();
            Object what = switch (step.command()) {
                case Command.Submit submit
                when !(answer instanceof ReviewAnswer.Kept || answer instanceof ReviewAnswer.Unknown) ->
                    submit.review().id();
                case Command.Reply reply
                when answers.containsKey(key(reply)) || answer instanceof ReplyAnswer.Recorded -> key(reply);
                case Command.Report report
                when answers.containsKey(key(report)) || answer instanceof ReportAnswer.Recorded -> key(report);
                default -> null;
            };
            if (answer instanceof ReportAnswer.Recorded || answer instanceof ReplyAnswer.Recorded) {
                require(isWhatWasSaid(step.command(), answer), () -> "something else is confirmed: " + answer);
            }
            if (what != null) {
                Answer first = answers.putIfAbsent(what, answer);
                if (first != null) {
                    require(
                            first.equals(answer),
                            () -> "%s was answered %s first, and then %s".formatted(what, first, answer));
                    require(step.transition().facts().isEmpty(), () -> "a repeat brought about something");
                }
            }
        }

        @Override
        void begin() {
            answers.clear();
        }

        private static boolean isWhatWasSaid(Command command, Answer answer) {
            return switch (command) {
                case Command.Report report ->
                    answer instanceof ReportAnswer.Recorded recorded
                            && report.result() == recorded.executed().result();
                case Command.Reply reply ->
                    answer instanceof ReplyAnswer.Recorded recorded
                            && reply.text().equals(recorded.answered().answer());
                default -> false;
            };
        }

        private static Object key(Command.Reply reply) {
            return List.of(reply.question(), reply.agent(), reply.text());
        }

        private static Object key(Command.Report report) {
            return List.of(report.grant(), report.agent(), report.result());
        }
    }

    static final class EveryReviewOnRecordOnce extends Invariant {

        private final Set<ReviewId> submitted = new HashSet<>();
        private final Set<ReviewId> onRecord = new HashSet<>();

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Review review = switch (fact.event()) {
                case ReviewRefused refused -> refused.review();
                case DecisionRevoked revoked -> revoked.review();
                default -> VotingInvariants.heard(fact);
            };
            if (review != null) {
                require(onRecord.add(review.id()), () -> "on record twice: " + review);
            }
        }

        @Override
        void step(Reading after, Step step) {
            if (step.command() instanceof Command.Submit submit
                    && !(step.transition().answer() instanceof ReviewAnswer.Unknown)) {
                submitted.add(submit.review().id());
            }
            if (!(step.next() instanceof Unopened)) {
                require(onRecord.containsAll(submitted), () -> "a review was answered, and is not on record");
            }
        }

        @Override
        void begin() {
            submitted.clear();
            onRecord.clear();
        }
    }

    /** What ends says whether anybody was asked, also when policy or time has spoken since. */
    static final class WhoeverWasAskedIsTold extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            boolean opens = step.command() instanceof Command.Open open && open.verdict() instanceof ApprovalRequired;
            switch (fact.event()) {
                case Decision decision ->
                    require(
                            decision.asked() == (before.requirement != null || opens),
                            () -> "it is not as it says whether people were asked: " + decision);
                case DecisionRevoked revoked ->
                    require(
                            revoked.asked()
                                    == Objects.requireNonNull(before.decision).asked(),
                            () -> "the decision says otherwise: " + revoked);
                case RunOverdue overdue ->
                    require(
                            overdue.asked()
                                    == Objects.requireNonNull(before.decision).asked(),
                            () -> "the decision says otherwise: " + overdue);
                default -> {}
            }
        }
    }

    static final class FactIdsAreUnique extends Invariant {

        @Override
        void end(Reading last, Trace trace) {
            var ids = new HashSet<EventId>();
            trace.wire().committed().forEach(fact -> require(ids.add(fact.id()), () -> "two are " + fact));
        }
    }

    /** What was lost before the commit has the same ids when it comes about later. */
    static final class SameCauseSameId extends Invariant {

        private final Decider decider;

        SameCauseSameId(Decider decider) {
            this.decider = decider;
        }

        @Override
        void end(Reading last, Trace trace) {
            for (Step step : trace.lost()) {
                Command command = step.command();
                Instant later = command.now().plusNanos(1);
                var again = decider.decide(
                        step.before(),
                        Redelivery.of(
                                command, command.at().with(later, command.at().load())));
                if (types(again).equals(types(step.transition()))) {
                    require(
                            ids(again).equals(ids(step.transition())),
                            () -> "ids depend on when: " + step.transition().facts());
                }
            }
        }

        private static List<?> types(Transition<? extends Answer> transition) {
            return transition.facts().stream()
                    .map(fact -> fact.event().getClass())
                    .toList();
        }

        private static List<EventId> ids(Transition<? extends Answer> transition) {
            return transition.facts().stream().map(Fact::id).collect(Collectors.toList());
        }
    }

    static final class DecideIsAFunction extends Invariant {

        private final Decider decider;
        private int steps;

        DecideIsAFunction(Decider decider) {
            this.decider = decider;
        }

        @Override
        void step(Reading after, Step step) {
            // Some: deciding is most of the work.
            if (steps++ % 32 == 0) {
                require(
                        decider.decide(step.before(), step.command()).equals(step.transition()),
                        () -> "deciding again gives something else");
            }
        }
    }

    /** When time has done its work, nothing is due that already was: a sweep comes to an end. And it comes by when something is to be done. */
    static final class NothingDueIsLeft extends Invariant {

        private final Decider decider;

        NothingDueIsLeft(Decider decider) {
            this.decider = decider;
        }

        @Override
        void step(Reading after, Step step) {
            if (step.command() instanceof Command.Tick tick) {
                Instant due = decider.due(step.next()).orElse(Instant.MAX);
                require(due.isAfter(tick.now()), () -> "still due after the tick: " + due);
            }
            if (step.next() instanceof Pending && after.nobody() && !after.raised) {
                Instant due = decider.due(step.next()).orElse(Instant.MAX);
                require(!due.isAfter(after.alarm()), () -> "no sweep comes by when it is to be raised: " + due);
            }
        }
    }

    /** Whatever crashes on the way: a reader that knows repeats by their id sees every committed fact, once, in order. */
    static final class ReadersSeeAllInOrder extends Invariant {

        @Override
        void end(Reading last, Trace trace) {
            require(
                    trace.wire().read().equals(trace.wire().committed()),
                    () -> "committed were %s, and read were %s"
                            .formatted(trace.wire().committed(), trace.wire().read()));
        }
    }
}
