package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Requirement.Limits;
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
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Course.Reassessment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a verdict does: the first on an action, and one that policy was asked for again. */
record Opening(Closing closing, Hearing hearing) {

    /** How long an instance of policy-engine that speaks by a replaced set is given to go. Asked at once, it would say the same. */
    private static final Duration ROLLOUT = Duration.ofSeconds(10);

    Transition<Answer.Noted> first(Unopened unopened, Command.Open command) {
        Transition<Answer.Noted> opened = opened(unopened, command.verdict(), command.at());
        ApprovalState state = opened.next();
        var facts = new ArrayList<>(opened.facts());
        for (Review early : unopened.early()) {
            Transition<ReviewAnswer> reviewed = hearing.submit(state, early, command.at());
            state = reviewed.next();
            facts.addAll(reviewed.facts());
        }
        // A verdict that was long under way may open an approval whose time is already up.
        return (state instanceof Pending pending
                        ? hearing.advance(pending, command.at())
                        : Transition.unchanged(state, Answer.NOTED))
                .after(facts);
    }

    /**
     * Policy has spoken on what it was asked again. Any other verdict is a repeat of one that holds already, or of one that no longer does.
     */
    Transition<Answer.Noted> again(Pending before, Command.Open command) {
        Reassessment awaited = before.course().awaited();
        Verdict verdict = command.verdict();
        if (awaited == null || !isAnswer(verdict, awaited, before)) {
            return Transition.unchanged(before, Answer.NOTED);
        }
        Instant now = command.now();
        if (before.expiredAt(now)) {
            return hearing.advance(before, command.at());
        }
        if (command.at().policyChangedSince(verdict.assessment())) {
            Course course = before.course().awaiting(awaited.askedAgainAt(now.plus(ROLLOUT)));
            return hearing.advance(before.with(course), command.at());
        }
        return switch (verdict) {
            case AutoAllowed allowed -> Hearing.closed(closing.allowedByPolicy(before, allowed, now), Answer.NOTED);
            case AutoDenied denied -> Hearing.closed(closing.denied(before, denied, now), Answer.NOTED);
            case ApprovalRequired required -> reopened(before, required, command.at());
        };
    }

    private static boolean isAnswer(Verdict verdict, Reassessment awaited, Pending before) {
        return verdict.request().digest().equals(awaited.request().digest())
                && verdict.assessment()
                        .assessedAt()
                        .isAfter(before.verdict().assessment().assessedAt());
    }

    private Transition<Answer.Noted> opened(Unopened unopened, Verdict verdict, Circumstances at) {
        Instant now = at.now();
        Optional<ActionWithdrawn> withdrawal =
                unopened.withdrawnBy(verdict.request().verified().agent());
        if (withdrawal.isPresent()) {
            return Hearing.closed(closing.withdrawn(verdict, withdrawal.get(), now), Answer.NOTED);
        }
        Instant deadline = verdict.request().deadline();
        return switch (verdict) {
            case AutoAllowed allowed
            when deadline != null && !now.isBefore(deadline) ->
                Hearing.closed(closing.deadlinePassed(allowed, deadline, now), Answer.NOTED);
            case AutoAllowed allowed -> Hearing.closed(closing.allowedByPolicy(allowed, now), Answer.NOTED);
            case AutoDenied denied -> Hearing.closed(closing.denied(denied, now), Answer.NOTED);
            case ApprovalRequired required ->
                spared(required, at)
                        .map(decided -> Hearing.closed(decided, Answer.NOTED))
                        .orElseGet(() -> pending(required, unopened, now));
        };
    }

    /** What people are not asked: the same twice, too much at once, or again right after they said no. */
    private Optional<Decided> spared(ApprovalRequired required, Circumstances at) {
        Load load = at.load();
        ActionId identical = load.identical();
        if (identical != null) {
            return Optional.of(closing.superseded(required, identical, at.now()));
        }
        Limits limits = required.requirement().limits();
        if (limits == null) {
            return Optional.empty();
        }
        Duration cooldown = limits.cooldown();
        Instant rejected = load.lastRejected();
        if (cooldown != null && rejected != null && at.now().isBefore(rejected.plus(cooldown))) {
            Instant until = rejected.plus(cooldown);
            return Optional.of(closing.limited(required, Wording.coolsDown(rejected, until), until, at.now()));
        }
        return load.pendingOfAgent() >= limits.pending()
                ? Optional.of(closing.limited(required, Wording.tooManyPending(limits.pending()), null, at.now()))
                : Optional.empty();
    }

    private static Transition<Answer.Noted> pending(ApprovalRequired required, Unopened unopened, Instant now) {
        Instant expiresAt = expiry(required);
        Course course = Course.start().delivered(unopened.delivery());
        Pending pending = new Pending(required, now, expiresAt, ReviewLog.empty(), course);
        return Transition.to(pending, Answer.NOTED, Fact.of(opened(pending, now)));
    }

    /** The votes count on when only policy has changed; whoever approved other inputs has not approved these, and is not asked for them. */
    private Transition<Answer.Noted> reopened(Pending before, ApprovalRequired required, Circumstances at) {
        boolean edited = before.course().awaitsEdit();
        Instant fresh = expiry(required);
        Instant expiresAt = !edited && before.expiresAt().isBefore(fresh) ? before.expiresAt() : fresh;
        Pending pending = new Pending(
                required,
                before.openedAt(),
                expiresAt,
                before.log(),
                before.course().askedAgain(required.requirement()));
        return hearing.advance(pending, at)
                .after(List.of(Fact.again(opened(pending, at.now()), required.assessment())));
    }

    private static ApprovalOpened opened(Pending pending, Instant now) {
        ActionRequested request = pending.request();
        return new ApprovalOpened(
                request.actionId(), request.digest(), pending.verdict().requirement(), now, pending.expiresAt());
    }

    /** When people run out of time: by policy's deadline, or by the agent's when that comes first. */
    private static Instant expiry(ApprovalRequired required) {
        Instant deadline = required.request().deadline();
        Instant expiresAt =
                required.assessment().assessedAt().plus(required.requirement().deadline());
        return deadline != null && deadline.isBefore(expiresAt) ? deadline : expiresAt;
    }
}
