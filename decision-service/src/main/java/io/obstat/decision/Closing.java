package io.obstat.decision;

import io.obstat.contracts.Grant;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Told;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which an action ends. Each takes what must be at hand for it; only the two that allow make a grant.
 *
 * @param grantLifetime how long a grant can be redeemed
 */
record Closing(Notary notary, Duration grantLifetime) {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(365);

    Decided allowedByPolicy(AutoAllowed verdict, Instant now) {
        String reason = Wording.allowedByPolicy(verdict, now.plus(grantLifetime));
        var ruling = Ruling.of(Outcome.ALLOWED, DecidedBy.POLICY, reason, List.of(), now);
        return new ApprovalState.Allowed(file(verdict, now, null, ReviewLog.empty(), ruling), 0);
    }

    Decided denied(AutoDenied verdict, Instant now) {
        var ruling = new Ruling(
                Outcome.DENIED,
                new Told(
                        DecidedBy.POLICY,
                        Wording.denied(verdict),
                        verdict.saferAlternative(),
                        retryNotBefore(verdict, now),
                        now),
                List.of());
        return new ApprovalState.Denied(file(verdict, now, null, ReviewLog.empty(), ruling));
    }

    Decided withdrawn(Verdict verdict, ActionWithdrawn withdrawal, Instant now) {
        return new ApprovalState.Withdrawn(file(verdict, now, null, ReviewLog.empty(), ruling(withdrawal, now)));
    }

    /** Policy allowed it, but the agent can no longer use the answer. */
    Decided deadlinePassed(AutoAllowed verdict, Instant deadline, Instant now) {
        var ruling = Ruling.of(Outcome.EXPIRED, DecidedBy.TIME, Wording.deadlinePassed(deadline), List.of(), now);
        return new ApprovalState.Expired(file(verdict, now, null, ReviewLog.empty(), ruling));
    }

    /** @param met the quorum of the reviews on record; it has to be met */
    Decided approved(Pending pending, Quorum met, Instant now) {
        // INVARIANT: NeverAllowedByFailure. People allow by meeting the requirement, and in no other way.
        if (!met.met() || pending.expiredAt(now)) {
            throw new IllegalStateException(
                    "An approval is allowed when its requirement is met in time, and only then");
        }
        String reason = Wording.allowedByPeople(pending.verdict().requirement(), now.plus(grantLifetime));
        var ruling = Ruling.of(Outcome.ALLOWED, DecidedBy.PEOPLE, reason, met.placed(), now);
        return new ApprovalState.Allowed(file(pending, ruling), 0);
    }

    Decided rejected(Pending pending, Review rejection, Instant now) {
        var counted = new ArrayList<>(pending.quorum().placed());
        counted.add(rejection);
        String reason = Wording.rejected(pending.verdict(), rejection);
        var ruling = Ruling.of(Outcome.REJECTED, DecidedBy.PEOPLE, reason, counted, now);
        return new ApprovalState.Rejected(file(pending, ruling));
    }

    Decided expired(Pending pending, Instant now) {
        Quorum quorum = pending.quorum();
        String reason = Wording.expired(quorum.progress(), pending.expiresAt());
        var ruling = Ruling.of(Outcome.EXPIRED, DecidedBy.TIME, reason, quorum.placed(), now);
        return new ApprovalState.Expired(file(pending, ruling));
    }

    Decided withdrawn(Pending pending, ActionWithdrawn withdrawal, Instant now) {
        return new ApprovalState.Withdrawn(file(pending, ruling(withdrawal, now)));
    }

    private static Ruling ruling(ActionWithdrawn withdrawal, Instant now) {
        String reason = Wording.withdrawn(withdrawal.reason());
        return Ruling.of(Outcome.WITHDRAWN, DecidedBy.AGENT, reason, List.of(), now);
    }

    private CaseFile file(Pending pending, Ruling ruling) {
        return file(pending.verdict(), pending.openedAt(), pending.expiresAt(), pending.log(), ruling);
    }

    private CaseFile file(
            Verdict verdict, Instant openedAt, @Nullable Instant expiresAt, ReviewLog log, Ruling ruling) {
        return new CaseFile(verdict, openedAt, expiresAt, log, decision(verdict, ruling));
    }

    private Decision decision(Verdict verdict, Ruling ruling) {
        ActionRequested request = verdict.request();
        Told told = ruling.told();
        Instant now = told.decidedAt();
        Grant grant = ruling.outcome() == Outcome.ALLOWED ? notary.grant(request, now, now.plus(grantLifetime)) : null;
        return new Decision(
                request.actionId(),
                request.digest(),
                request.verified().agent(),
                ruling.outcome(),
                told.decidedBy(),
                told.reason(),
                told.saferAlternative(),
                told.retryNotBefore(),
                ruling.reviews(),
                null,
                null,
                verdict.assessment().policySet(),
                now,
                grant,
                notary.statement(request, ruling, grant));
    }

    private static @Nullable Instant retryNotBefore(AutoDenied denied, Instant now) {
        Duration wait = denied.retryAfter();
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return now.plus(wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
    }
}
