package io.obstat.decision;

import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Unopened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/**
 * Decides: a function of state and command. What it returns is stored and published in one transaction; calling it again with the
 * stored state and the same command changes nothing and gives the same answer. What happens to reviews stands in {@link Hearing}, to
 * grants in {@link GrantUse}, and how an action can end in {@link Closing}.
 */
public final class Decider {

    private static final Answer.Noted NOTED = new Answer.Noted();

    private final Closing closing;
    private final Hearing hearing;

    /** @param grantLifetime how long a grant can be redeemed; positive */
    public Decider(Notary notary, Duration grantLifetime) {
        if (!grantLifetime.isPositive()) {
            throw new IllegalArgumentException("grantLifetime is %s; it must be positive".formatted(grantLifetime));
        }
        this.closing = new Closing(notary, grantLifetime);
        this.hearing = new Hearing(closing);
    }

    public Transition<? extends Answer> decide(ApprovalState state, Command command) {
        return switch (command) {
            case Command.Open open -> open(state, open);
            case Command.Submit submit -> submit(state, submit);
            case Command.Withdraw withdraw -> withdraw(state, withdraw);
            case Command.Expire expire -> expire(state, expire);
            case Command.Redeem redeem -> redeem(state, redeem);
            case Command.Report report -> report(state, report);
        };
    }

    public Transition<Answer.Noted> open(ApprovalState state, Command.Open command) {
        return switch (state) {
            case Unopened unopened -> open(unopened, command);
            // INVARIANT: OneTerminalDecision. The first verdict stands, whatever is redelivered.
            case Pending pending -> Transition.unchanged(pending, NOTED);
            case Decided decided -> Transition.unchanged(decided, NOTED);
        };
    }

    public Transition<ReviewAnswer> submit(ApprovalState state, Command.Submit command) {
        return hearing.submit(state, command.review(), command.now());
    }

    public Transition<Answer.Noted> withdraw(ApprovalState state, Command.Withdraw command) {
        ActionWithdrawn withdrawal = command.withdrawal();
        Instant now = command.now();
        return switch (state) {
            case Unopened unopened -> Transition.to(unopened.keep(withdrawal), NOTED);
            case Pending pending when pending.expiredAt(now) -> closed(closing.expired(pending, now));
            case Pending pending
            when isBy(pending.verdict(), withdrawal) -> closed(closing.withdrawn(pending, withdrawal, now));
            case Pending pending -> Transition.unchanged(pending, NOTED);
            case Decided decided -> Transition.unchanged(decided, NOTED);
        };
    }

    public Transition<Answer.Noted> expire(ApprovalState state, Command.Expire command) {
        return switch (state) {
            case Unopened unopened -> Transition.unchanged(unopened, NOTED);
            case Pending pending
            when pending.expiredAt(command.now()) -> closed(closing.expired(pending, command.now()));
            case Pending pending -> Transition.unchanged(pending, NOTED);
            case Decided decided -> Transition.unchanged(decided, NOTED);
        };
    }

    public Transition<RedemptionAnswer> redeem(ApprovalState state, Command.Redeem command) {
        return GrantUse.redeem(state, command);
    }

    public Transition<ReportAnswer> report(ApprovalState state, Command.Report command) {
        return GrantUse.report(state, command);
    }

    private Transition<Answer.Noted> open(Unopened unopened, Command.Open command) {
        Instant now = command.now();
        Transition<Answer.Noted> opened = opened(unopened, command.verdict(), now);
        ApprovalState state = opened.next();
        var facts = new ArrayList<>(opened.facts());
        for (Review early : unopened.early()) {
            Transition<ReviewAnswer> reviewed = hearing.submit(state, early, now);
            state = reviewed.next();
            facts.addAll(reviewed.facts());
        }
        // A verdict that was long under way may open an approval whose time is already up.
        return expire(state, new Command.Expire(now)).after(facts);
    }

    private Transition<Answer.Noted> opened(Unopened unopened, Verdict verdict, Instant now) {
        ActionWithdrawn withdrawal = unopened.withdrawal();
        if (withdrawal != null && isBy(verdict, withdrawal)) {
            return closed(closing.withdrawn(verdict, withdrawal, now));
        }
        Instant deadline = verdict.request().deadline();
        return switch (verdict) {
            case AutoAllowed allowed
            when deadline != null && !now.isBefore(deadline) -> closed(closing.deadlinePassed(allowed, deadline, now));
            case AutoAllowed allowed -> closed(closing.allowedByPolicy(allowed, now));
            case AutoDenied denied -> closed(closing.denied(denied, now));
            case ApprovalRequired required -> pending(required, now);
        };
    }

    private static Transition<Answer.Noted> pending(ApprovalRequired required, Instant now) {
        ActionRequested request = required.request();
        Instant deadline = request.deadline();
        Instant expiresAt =
                required.assessment().assessedAt().plus(required.requirement().deadline());
        if (deadline != null && deadline.isBefore(expiresAt)) {
            expiresAt = deadline;
        }
        var opened = new ApprovalOpened(request.actionId(), request.digest(), required.requirement(), now, expiresAt);
        return Transition.to(new Pending(required, now, expiresAt, ReviewLog.empty()), NOTED, Fact.of(opened));
    }

    private static Transition<Answer.Noted> closed(Decided decided) {
        return Transition.to(decided, NOTED, Fact.of(decided.file().decision()));
    }

    private static boolean isBy(Verdict verdict, ActionWithdrawn withdrawal) {
        return verdict.request().verified().agent().equals(withdrawal.withdrawnBy());
    }
}
