package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ReviewLog.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a review does, in each state. Every review that is refused is a fact, and every repeat gets its first answer. */
record Hearing(Closing closing) {

    Transition<ReviewAnswer> submit(ApprovalState state, Review review, Instant now) {
        return switch (state) {
            case Unopened unopened -> Transition.to(unopened.keep(review), new ReviewAnswer.Kept());
            case Pending pending ->
                firstAnswer(pending.verdict(), pending.log(), review)
                        .map(answer -> Transition.unchanged(pending, answer))
                        .orElseGet(() -> hear(pending, review, now));
            case Decided decided ->
                firstAnswer(decided.file().verdict(), decided.file().log(), review)
                        .map(answer -> Transition.unchanged(decided, answer))
                        .orElseGet(() -> tooLate(decided, review, now));
        };
    }

    private Transition<ReviewAnswer> hear(Pending pending, Review review, Instant now) {
        // Time is up even when the sweep has not come by yet: of an approval and the expiry, exactly one wins.
        if (pending.expiredAt(now)) {
            Decided expired = closing.expired(pending, now);
            return tooLate(expired, review, now)
                    .after(List.of(Fact.of(expired.file().decision())));
        }
        return objection(pending, review)
                .map(refused -> refuse(pending, review, refused, now))
                .orElseGet(() -> count(pending, review, now));
    }

    private static Optional<ReviewAnswer.Refused> objection(Pending pending, Review review) {
        ActionRequested request = pending.verdict().request();
        return pending.separationOfDuties()
                .refusal(review.reviewer(), review.verb())
                .map(SeparationOfDuties::onRecord)
                .or(() -> Optional.of(request)
                        .filter(asked -> !asked.digest().equals(review.digest()))
                        .map(asked ->
                                new ReviewAnswer.Refused(Cause.DIGEST_DIFFERS, Wording.digestDiffers(review, asked))));
    }

    private static Transition<ReviewAnswer> refuse(
            Pending pending, Review review, ReviewAnswer.Refused refused, Instant now) {
        ReviewLog log = pending.log().plusRefused(refusal(review, refused));
        return Transition.to(pending.with(log), refused, fact(pending.verdict().actionId(), review, refused, now));
    }

    private Transition<ReviewAnswer> count(Pending before, Review review, Instant now) {
        Pending pending = before.with(before.log().plusCounted(review));
        Quorum quorum = pending.quorum();
        Fact recorded = Fact.of(new ReviewRecorded(pending.verdict().actionId(), review, null, quorum.progress(), now));
        var answer = new ReviewAnswer.Recorded(quorum.progress());
        return switch (review.verb()) {
            // INVARIANT: DenyStands. One rejection ends it, however many have approved.
            case REJECT -> closed(closing.rejected(pending, review, now), answer, recorded);
            case APPROVE ->
                quorum.met()
                        ? closed(closing.approved(pending, quorum, now), answer, recorded)
                        : Transition.to(pending, answer, recorded);
            case ESCALATE, CLAIM, RELEASE, ASK, EDIT, BREAK_GLASS, SIGN, REVOKE ->
                throw new IllegalStateException("No vote: " + review.verb());
        };
    }

    private static Transition<ReviewAnswer> closed(Decided decided, ReviewAnswer answer, Fact recorded) {
        return Transition.to(decided, answer, recorded, Fact.of(decided.file().decision()));
    }

    private static Transition<ReviewAnswer> tooLate(Decided decided, Review review, Instant now) {
        CaseFile file = decided.file();
        Decision decision = file.decision();
        ReviewAnswer.Refused refused = SeparationOfDuties.isAgent(review.reviewer(), decision.agent())
                ? SeparationOfDuties.onRecord(SeparationOfDuties.notAPerson(review.reviewer()))
                : new ReviewAnswer.Refused(
                        Cause.ALREADY_DECIDED, Wording.alreadyDecided(decision.outcome(), decision.decidedAt()));
        ReviewLog log = file.log().plusRefused(refusal(review, refused));
        return Transition.to(decided.with(file.with(log)), refused, fact(decision.actionId(), review, refused, now));
    }

    private static Optional<ReviewAnswer> firstAnswer(Verdict verdict, ReviewLog log, Review review) {
        if (verdict instanceof ApprovalRequired required) {
            Optional<ReviewAnswer> recorded = log.positionOf(review.id())
                    .map(position -> log.counted().subList(0, position + 1))
                    .map(until -> new ReviewAnswer.Recorded(
                            Quorum.of(required.requirement(), until).progress()));
            if (recorded.isPresent()) {
                return recorded;
            }
        }
        return log.refusalOf(review.id());
    }

    private static Refusal refusal(Review review, ReviewAnswer.Refused refused) {
        return new Refusal(review.id(), refused.cause(), refused.explanation());
    }

    private static Fact fact(ActionId action, Review review, ReviewAnswer.Refused refused, Instant now) {
        return Fact.of(new ReviewRefused(action, review, refused.cause(), refused.explanation(), now));
    }
}
