package io.obstat.decision;

import io.obstat.contracts.Grant;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an action's approval stands. {@code Unopened} leads to {@code Pending} or to a decision, {@code Pending} to a decision; of the
 * decided ones only {@code Allowed} leads on, to {@code Redeemed} and from there to {@code Executed}.
 */
public sealed interface ApprovalState {

    /** Whether people were asked. */
    default boolean asked() {
        return switch (this) {
            case Unopened unopened -> false;
            case Pending pending -> true;
            case Decided decided -> decided.file().verdict() instanceof ApprovalRequired;
        };
    }

    /**
     * No verdict has arrived. What came before it is kept and applied when it does.
     *
     * @param early reviews, oldest first; at most {@value #MOST_EARLY}
     * @param withdrawal that came first, if one did
     */
    record Unopened(List<Review> early, @Nullable ActionWithdrawn withdrawal) implements ApprovalState {

        static final int MOST_EARLY = 50;
        private static final Unopened EMPTY = new Unopened(List.of(), null);

        public Unopened {
            early = List.copyOf(early);
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
            return new Unopened(ReviewLog.plus(early, review), withdrawal);
        }

        Unopened keep(ActionWithdrawn withdrawn) {
            return withdrawal == null ? new Unopened(early, withdrawn) : this;
        }
    }

    /**
     * People can decide.
     *
     * @param expiresAt from this moment on they no longer can
     */
    record Pending(ApprovalRequired verdict, Instant openedAt, Instant expiresAt, ReviewLog log)
            implements ApprovalState {

        boolean expiredAt(Instant now) {
            return !now.isBefore(expiresAt);
        }

        Quorum quorum() {
            return Quorum.of(verdict.requirement(), log.counted());
        }

        SeparationOfDuties separationOfDuties() {
            return new SeparationOfDuties(verdict.request(), verdict.requirement(), log.counted());
        }

        Pending with(ReviewLog longer) {
            return new Pending(verdict, openedAt, expiresAt, longer);
        }
    }

    /** There is a decision, and it is the only one there will be. */
    sealed interface Decided extends ApprovalState {

        CaseFile file();

        /** The same decision, with more on record. */
        Decided with(CaseFile file);
    }

    /** Policy or people said yes. */
    sealed interface Granted extends Decided {

        /** How often the grant was presented and refused. */
        int misuses();

        Granted misusedAgain();

        default Grant grant() {
            return Objects.requireNonNull(file().decision().grant(), "An allowing decision has a grant");
        }
    }

    /** It came to nothing: there is no grant and never will be. */
    sealed interface Refused extends Decided {}

    /** The grant is unused. */
    record Allowed(CaseFile file, int misuses) implements Granted {

        @Override
        public Allowed with(CaseFile longer) {
            return new Allowed(longer, misuses);
        }

        @Override
        public Allowed misusedAgain() {
            return new Allowed(file, misuses + 1);
        }

        Redeemed redeem(GrantRedeemed redeemed) {
            return new Redeemed(file, misuses, redeemed);
        }
    }

    /** The agent has taken up its grant. */
    record Redeemed(CaseFile file, int misuses, GrantRedeemed redeemed) implements Granted {

        @Override
        public Redeemed with(CaseFile longer) {
            return new Redeemed(longer, misuses, redeemed);
        }

        @Override
        public Redeemed misusedAgain() {
            return new Redeemed(file, misuses + 1, redeemed);
        }

        Executed execute(ActionExecuted executed) {
            return new Executed(file, misuses, redeemed, executed);
        }
    }

    /** The agent has said how it went. */
    record Executed(CaseFile file, int misuses, GrantRedeemed redeemed, ActionExecuted executed) implements Granted {

        @Override
        public Executed with(CaseFile longer) {
            return new Executed(longer, misuses, redeemed, executed);
        }

        @Override
        public Executed misusedAgain() {
            return new Executed(file, misuses + 1, redeemed, executed);
        }
    }

    /** Policy said no. */
    record Denied(CaseFile file) implements Refused {

        @Override
        public Denied with(CaseFile longer) {
            return new Denied(longer);
        }
    }

    /** A person said no. */
    record Rejected(CaseFile file) implements Refused {

        @Override
        public Rejected with(CaseFile longer) {
            return new Rejected(longer);
        }
    }

    /** Not enough people said yes in time. */
    record Expired(CaseFile file) implements Refused {

        @Override
        public Expired with(CaseFile longer) {
            return new Expired(longer);
        }
    }

    /** The agent took it back. */
    record Withdrawn(CaseFile file) implements Refused {

        @Override
        public Withdrawn with(CaseFile longer) {
            return new Withdrawn(longer);
        }
    }

    /**
     * What remains of a decided approval.
     *
     * @param expiresAt when people would have run out of time; absent when they were not asked
     */
    record CaseFile(
            Verdict verdict, Instant openedAt, @Nullable Instant expiresAt, ReviewLog log, Decision decision) {

        CaseFile with(ReviewLog longer) {
            return new CaseFile(verdict, openedAt, expiresAt, longer, decision);
        }
    }
}
