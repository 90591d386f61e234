package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Course.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an action's approval stands. {@code Unopened} leads to {@code Pending} or to a decision, {@code Pending} to a decision. A
 * {@code Decided} stays decided; what a granted one still goes through is the use of its grant.
 */
public sealed interface ApprovalState {

    /** Whether people were asked. */
    default boolean asked() {
        return switch (this) {
            case Unopened unopened -> false;
            case Pending pending -> true;
            case Decided decided -> decided.file().expiresAt() != null;
        };
    }

    /**
     * No verdict has arrived. What came before it is kept and applied when it does.
     *
     * @param early reviews, oldest first; at most {@value #MOST_EARLY}
     * @param withdrawals that came before it, the first of each agent: whose action it is, the verdict says
     * @param delivery whether anybody could be told: a channel reads the verdict too, and may be faster
     */
    record Unopened(List<Review> early, List<ActionWithdrawn> withdrawals, Delivery delivery) implements ApprovalState {

        static final int MOST_EARLY = 50;
        private static final Unopened EMPTY = new Unopened(List.of(), List.of(), Delivery.NOTHING_HEARD);

        public Unopened {
            early = List.copyOf(early);
            withdrawals = List.copyOf(withdrawals);
        }

        /** Where every action begins. */
        public static Unopened empty() {
            return EMPTY;
        }

        /**
         * With this review too; the same when it is a repeat.
         *
         * @throws IllegalStateException when there are {@value #MOST_EARLY} already
         */
        Unopened keep(Review review) {
            if (early.stream().anyMatch(kept -> kept.id().equals(review.id()))) {
                return this;
            }
            if (early.size() == MOST_EARLY) {
                throw new IllegalStateException(
                        "%d reviews came before the verdict, and no more are kept; review it again once it is open"
                                .formatted(MOST_EARLY));
            }
            return new Unopened(ReviewLog.plus(early, review), withdrawals, delivery);
        }

        Unopened keep(ActionWithdrawn withdrawn) {
            return withdrawnBy(withdrawn.withdrawnBy()).isPresent() || withdrawals.size() == MOST_EARLY
                    ? this
                    : new Unopened(early, ReviewLog.plus(withdrawals, withdrawn), delivery);
        }

        Unopened keep(Delivery heard) {
            return new Unopened(early, withdrawals, heard);
        }

        /** The withdrawal of this agent, if it came. */
        Optional<ActionWithdrawn> withdrawnBy(AgentId agent) {
            return withdrawals.stream()
                    .filter(withdrawal -> withdrawal.withdrawnBy().equals(agent))
                    .findFirst();
        }
    }

    /**
     * People can decide.
     *
     * @param verdict on what it is now
     * @param expiresAt from this moment on they no longer can
     */
    record Pending(ApprovalRequired verdict, Instant openedAt, Instant expiresAt, ReviewLog log, Course course)
            implements ApprovalState {

        boolean expiredAt(Instant now) {
            return !now.isBefore(expiresAt);
        }

        ActionRequested request() {
            return verdict.request();
        }

        /** Nobody could be told, and nobody has come of themselves. An edit voids votes, and the log forgets, but whoever came has come. */
        boolean unreached() {
            return course.delivery().nobodyReached() && !course.attended() && !log.attended();
        }

        /** The groups whose members can decide it now, in the requirement's order and then policy's. */
        public Set<String> groups() {
            return panel(Circumstances.at(openedAt)).groups();
        }

        Panel panel(Circumstances at) {
            return new Panel(verdict.request(), verdict.requirement(), course, at);
        }

        Pending with(ReviewLog longer) {
            return new Pending(verdict, openedAt, expiresAt, longer, course);
        }

        Pending with(Course longer) {
            return new Pending(verdict, openedAt, expiresAt, log, longer);
        }
    }

    /** There is a decision, and it is the only one there will be. */
    sealed interface Decided extends ApprovalState {

        CaseFile file();

        /** The same decision, with more on record. */
        Decided with(CaseFile file);
    }

    /** It came to nothing: there is no grant and never will be. The decision's outcome says why. */
    record Refused(CaseFile file) implements Decided {

        @Override
        public Refused with(CaseFile longer) {
            return new Refused(longer);
        }
    }

    /**
     * Policy or people said yes.
     *
     * @param use what has become of the grant
     * @param misuses how often the grant was presented and refused
     * @param glass what others still owe, when it was allowed in an emergency
     */
    record Granted(
            CaseFile file, Use use, int misuses, @Nullable Glass glass) implements Decided {

        static Granted unused(CaseFile file, @Nullable Glass glass) {
            return new Granted(file, new Unused(false), 0, glass);
        }

        public Grant grant() {
            return Objects.requireNonNull(file.decision().grant(), "An allowing decision has a grant");
        }

        @Override
        public Granted with(CaseFile longer) {
            return new Granted(longer, use, misuses, glass);
        }

        Granted with(Use next) {
            return new Granted(file, next, misuses, glass);
        }

        Granted with(Glass next) {
            return new Granted(file, use, misuses, next);
        }

        Granted misusedAgain() {
            return new Granted(file, use, misuses + 1, glass);
        }
    }

    /** What has become of a grant. */
    sealed interface Use {}

    /** @param overdue it is on record that it went unused until it ended */
    record Unused(boolean overdue) implements Use {}

    /**
     * The agent has taken it up.
     *
     * @param overdue it is on record that the agent has not said in time how it went
     */
    record TakenUp(GrantRedeemed redeemed, boolean overdue) implements Use {}

    /** The agent has said how it went. */
    record Run(GrantRedeemed redeemed, ActionExecuted executed) implements Use {}

    /** It was revoked before it was taken up. */
    record Revoked(DecisionRevoked revoked) implements Use {}

    /**
     * What was allowed in an emergency, and who has looked at it since.
     *
     * @param broken the review that allowed it
     * @param by every key of whoever did, in lower case, as the roster had them
     * @param signedBy who has to look at it
     * @param signatures of those who have, oldest first
     * @param overdue it is on record that they have not in time
     */
    record Glass(
            Review broken, Set<String> by, Slot signedBy, Instant dueAt, List<Review> signatures, boolean overdue) {

        public Glass {
            by = Set.copyOf(by);
            signatures = List.copyOf(signatures);
        }

        public int missing() {
            return Math.max(0, signedBy.approvals() - signatures.size());
        }

        boolean overdueAt(Instant now) {
            return missing() > 0 && !now.isBefore(dueAt);
        }

        Glass signed(Review signature) {
            return new Glass(broken, by, signedBy, dueAt, ReviewLog.plus(signatures, signature), overdue);
        }

        Glass raised() {
            return new Glass(broken, by, signedBy, dueAt, signatures, true);
        }
    }

    /**
     * What remains of a decided approval.
     *
     * @param expiresAt when people would have run out of time; absent when they were not asked
     */
    record CaseFile(
            Verdict verdict,
            Instant openedAt,
            @Nullable Instant expiresAt,
            ReviewLog log,
            Course course,
            Decision decision) {

        ActionRequested request() {
            return verdict.request();
        }

        CaseFile with(ReviewLog longer) {
            return new CaseFile(verdict, openedAt, expiresAt, longer, course, decision);
        }
    }
}
