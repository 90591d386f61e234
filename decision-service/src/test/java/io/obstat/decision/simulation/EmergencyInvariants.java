package io.obstat.decision.simulation;

import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.Command;
import io.obstat.decision.Fact;
import io.obstat.decision.simulation.Reading.Ballot;
import io.obstat.decision.simulation.Trace.Step;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What one person may do at once, and what others owe afterwards. */
final class EmergencyInvariants {

    private EmergencyInvariants() {}

    static List<Invariant> all() {
        return List.of(new EmergencyIsSigned(), new OverdueBlocksTheNextEmergency());
    }

    static final class EmergencyIsSigned extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            Instant now = step.command().now();
            if (fact.event() instanceof GlassSigned signed) {
                Review broken =
                        Objects.requireNonNull(before.decision).reviews().getFirst();
                Ballot signer = ballot(before, signed.review());
                require(
                        before.decision.decidedBy() == DecidedBy.BREAK_GLASS
                                && !before.isSame(signer, ballot(before, broken), now)
                                && before.signatures.stream()
                                        .noneMatch(other -> before.isSame(signer, ballot(before, other), now))
                                && before.isAssured(signed.review()),
                        () -> "%s may not sign".formatted(signer.who()));
                int missing = Math.max(0, terms(before).signedBy().approvals() - before.signatures.size() - 1);
                require(signed.missing() == missing, () -> "missing are %d".formatted(missing));
            }
            if (fact.event() instanceof Decision decision && decision.decidedBy() == DecidedBy.BREAK_GLASS) {
                require(
                        step.transition().facts().stream()
                                .anyMatch(told -> told.event() instanceof GlassBroken broken
                                        && broken.review()
                                                .equals(decision.reviews().getFirst())
                                        && broken.owners().contains(before.owner())
                                        && broken.signedBy()
                                                .equals(terms(before).signedBy())
                                        && broken.dueAt()
                                                .equals(decision.decidedAt()
                                                        .plus(terms(before).within()))),
                        () -> "the owners are not told");
            }
            if (fact.event() instanceof GlassOverdue overdue) {
                require(
                        before.overdue == null
                                && !now.isBefore(dueAt(before))
                                && overdue.missing() == terms(before).signedBy().approvals() - before.signatures.size(),
                        () -> "not overdue: " + overdue);
            }
        }

        @Override
        void end(Reading last, Trace trace) {
            if (last.decision != null && last.decision.decidedBy() == DecidedBy.BREAK_GLASS) {
                require(
                        last.overdue != null
                                || last.signatures.size()
                                        >= terms(last).signedBy().approvals(),
                        () -> "an emergency that nobody has looked at is forgotten");
            }
        }

        private static BreakGlass terms(Reading reading) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(reading.requirement).breakGlass());
        }

        private static Instant dueAt(Reading reading) {
            return Objects.requireNonNull(reading.decision)
                    .decidedAt()
                    .plus(terms(reading).within());
        }

        private static Ballot ballot(Reading reading, Review review) {
            String who = reading.login(review.reviewer());
            return new Ballot(review, who, who);
        }
    }

    static final class OverdueBlocksTheNextEmergency extends Invariant {

        @Override
        void fact(Reading before, Step step, Fact fact) {
            if (fact.event() instanceof Decision decision && decision.decidedBy() == DecidedBy.BREAK_GLASS) {
                Review broken = decision.reviews().getFirst();
                require(!isBlocked(before, step, broken), () -> "an earlier emergency of theirs is overdue");
            }
            if (fact.event() instanceof ReviewRefused refused && refused.cause() == ReviewRefused.Cause.OVERDUE) {
                require(isBlocked(before, step, refused.review()), () -> "nothing of theirs is overdue");
            }
        }

        private static boolean isBlocked(Reading before, Step step, Review review) {
            Command command = step.command();
            Set<String> human = before.oracle().human(before.login(review.reviewer()), command.now());
            return command.at().load().overdue().stream().anyMatch(human::contains);
        }
    }
}
