package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Told;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways in which an action ends. Each takes what must be at hand for it; only the three that allow make a grant. */
record Closing(Notary notary, Terms terms) {

    private static final int MOST_REVIEWS = 20;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(365);

    /** What is decided on: the verdict, and what people have done about it. */
    private record Matter(
            Verdict verdict, Instant openedAt, @Nullable Instant expiresAt, ReviewLog log, Course course) {

        static Matter of(Verdict verdict, Instant now) {
            return new Matter(verdict, now, null, ReviewLog.empty(), Course.start());
        }

        static Matter of(Pending pending) {
            return of(pending, pending.verdict());
        }

        static Matter of(Pending pending, Verdict verdict) {
            return new Matter(verdict, pending.openedAt(), pending.expiresAt(), pending.log(), pending.course());
        }

        /** The verdict alone may have told people of it, whatever became of it here. */
        boolean asked() {
            return verdict instanceof ApprovalRequired || expiresAt != null;
        }
    }

    Decided allowedByPolicy(AutoAllowed verdict, Instant now) {
        return allowedByPolicy(Matter.of(verdict, now), now);
    }

    /** Policy has spoken again, and needs nobody any more. */
    Decided allowedByPolicy(Pending pending, AutoAllowed verdict, Instant now) {
        return allowedByPolicy(Matter.of(pending, verdict), now);
    }

    Decided denied(AutoDenied verdict, Instant now) {
        return refused(Matter.of(verdict, now), denial(Outcome.DENIED, Wording.denied(verdict), verdict, now));
    }

    /** Policy has spoken again, and forbids it. */
    Decided denied(Pending pending, AutoDenied verdict, Instant now) {
        boolean edited = pending.course().awaitsEdit();
        return refused(
                Matter.of(pending, verdict),
                edited
                        ? denial(Outcome.DENIED, Wording.denied(verdict), verdict, now)
                        : denial(Outcome.POLICY_CHANGED, Wording.policyChanged(verdict), verdict, now));
    }

    /** Policy would ask people, but they have been asked enough. */
    Decided limited(ApprovalRequired verdict, String reason, @Nullable Instant retryNotBefore, Instant now) {
        var told = new Told(DecidedBy.POLICY, reason, null, retryNotBefore, now);
        return refused(Matter.of(verdict, now), new Ruling(Outcome.DENIED, told, List.of()));
    }

    Decided superseded(ApprovalRequired verdict, ActionId by, Instant now) {
        Matter matter = Matter.of(verdict, now);
        String reason = Wording.superseded(by);
        Ruling ruling = Ruling.of(Outcome.SUPERSEDED, DecidedBy.POLICY, reason, List.of(), now);
        return new Refused(file(matter, ruling, by));
    }

    Decided withdrawn(Verdict verdict, ActionWithdrawn withdrawal, Instant now) {
        return refused(Matter.of(verdict, now), ruling(withdrawal, now));
    }

    /** Policy allowed it, but the agent can no longer use the answer. */
    Decided deadlinePassed(AutoAllowed verdict, Instant deadline, Instant now) {
        String reason = Wording.deadlinePassed(deadline);
        return refused(Matter.of(verdict, now), Ruling.of(Outcome.EXPIRED, DecidedBy.TIME, reason, List.of(), now));
    }

    /** @param met the quorum of the votes that count; it has to be met */
    Decided approved(Pending pending, Quorum met, Instant now) {
        // INVARIANT: NeverAllowedByFailure. People allow by meeting the requirement, and but for an emergency in no
        // other
        // way.
        if (!met.met() || pending.expiredAt(now)) {
            throw new IllegalStateException(
                    "An approval is allowed when its requirement is met in time, and only then");
        }
        String reason = Wording.allowedByPeople(pending.verdict().requirement(), grantUntil(now))
                + Wording.edited(pending.course());
        var ruling = Ruling.of(Outcome.ALLOWED, DecidedBy.PEOPLE, reason, met.placed(), now);
        return Granted.unused(file(Matter.of(pending), ruling, null), null);
    }

    /** Somebody who may has allowed it at once. */
    Decided brokenGlass(Pending pending, BreakGlass terms, Review review, Circumstances at) {
        Instant now = at.now();
        String reason = Wording.allowedInEmergency(terms, review, grantUntil(now)) + Wording.edited(pending.course());
        var ruling = Ruling.of(Outcome.ALLOWED, DecidedBy.BREAK_GLASS, reason, List.of(review), now);
        var glass = new Glass(
                review,
                at.roster().keys(review.reviewer()),
                terms.signedBy(),
                now.plus(terms.within()),
                List.of(),
                false);
        return Granted.unused(file(Matter.of(pending), ruling, null), glass);
    }

    /** @param rejections that count, oldest first; what the last one says is the reason */
    Decided rejected(Pending pending, Quorum quorum, List<Review> rejections, Instant now) {
        Requirement requirement = pending.verdict().requirement();
        Limits limits = requirement.limits();
        Duration cooldown = limits == null ? null : limits.cooldown();
        var told = new Told(
                DecidedBy.PEOPLE,
                Wording.rejected(requirement, pending.course(), rejections.getLast()),
                null,
                cooldown == null ? null : now.plus(cooldown),
                now);
        List<Review> named = rejections.stream().limit(MOST_REVIEWS).toList();
        List<Review> counted = Stream.concat(
                        quorum.placed().stream().limit(MOST_REVIEWS - named.size()), named.stream())
                .toList();
        return refused(Matter.of(pending), new Ruling(Outcome.REJECTED, told, counted));
    }

    /** Time is up. When nobody could be told and nobody came, that is what the agent hears. */
    Decided expired(Pending pending, Quorum quorum, Instant now) {
        boolean unreached = pending.unreached();
        String reason = unreached
                ? Wording.undeliverable(pending.expiresAt())
                : Wording.expired(quorum.progress(), pending.expiresAt());
        Outcome outcome = unreached ? Outcome.UNDELIVERABLE : Outcome.EXPIRED;
        return refused(Matter.of(pending), Ruling.of(outcome, DecidedBy.TIME, reason, quorum.placed(), now));
    }

    Decided withdrawn(Pending pending, ActionWithdrawn withdrawal, Instant now) {
        return refused(Matter.of(pending), ruling(withdrawal, now));
    }

    private Decided allowedByPolicy(Matter matter, Instant now) {
        String reason = Wording.allowedByPolicy(matter.verdict(), grantUntil(now)) + Wording.edited(matter.course());
        var ruling = Ruling.of(Outcome.ALLOWED, DecidedBy.POLICY, reason, List.of(), now);
        return Granted.unused(file(matter, ruling, null), null);
    }

    private Decided refused(Matter matter, Ruling ruling) {
        return new Refused(file(matter, ruling, null));
    }

    private static Ruling denial(Outcome outcome, String reason, AutoDenied verdict, Instant now) {
        var told = new Told(DecidedBy.POLICY, reason, verdict.saferAlternative(), retryNotBefore(verdict, now), now);
        return new Ruling(outcome, told, List.of());
    }

    private static Ruling ruling(ActionWithdrawn withdrawal, Instant now) {
        String reason = Wording.withdrawn(withdrawal.reason());
        return Ruling.of(Outcome.WITHDRAWN, DecidedBy.AGENT, reason, List.of(), now);
    }

    private CaseFile file(Matter matter, Ruling ruling, @Nullable ActionId supersededBy) {
        return new CaseFile(
                matter.verdict(),
                matter.openedAt(),
                matter.expiresAt(),
                matter.log(),
                matter.course(),
                decision(matter, ruling, supersededBy));
    }

    private Decision decision(Matter matter, Ruling ruling, @Nullable ActionId supersededBy) {
        ActionRequested request = matter.verdict().request();
        Told told = ruling.told();
        Instant now = told.decidedAt();
        Grant grant = ruling.outcome() == Outcome.ALLOWED ? notary.grant(request, now, grantUntil(now)) : null;
        return new Decision(
                request.actionId(),
                request.digest(),
                request.verified().agent(),
                ruling.outcome(),
                told.decidedBy(),
                matter.asked(),
                told.reason(),
                told.saferAlternative(),
                told.retryNotBefore(),
                ruling.reviews(),
                matter.course().edits().isEmpty() ? null : request.action().parameters(),
                supersededBy,
                matter.verdict().assessment().policySet(),
                now,
                grant,
                notary.statement(request, ruling, grant));
    }

    private Instant grantUntil(Instant now) {
        return now.plus(terms.grantLifetime());
    }

    private static @Nullable Instant retryNotBefore(AutoDenied denied, Instant now) {
        Duration wait = denied.retryAfter();
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return now.plus(wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
    }
}
