package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Unopened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a review does, in each state. Every review that is refused is a fact, and every repeat gets its first answer. What is no vote goes on
 * to {@link Motions} while people can decide, and to {@link Aftermath} when there is a decision.
 */
record Hearing(Closing closing) {

    /** A review that nobody stands up for goes on record as refused: first of all for what would be refused anyway. */
    Transition<ReviewAnswer> attempt(ApprovalState state, Review review, Circumstances at) {
        Transition<ReviewAnswer> judged = submit(state, review, at);
        if (judged.answer() instanceof ReviewAnswer.Refused) {
            return judged;
        }
        // INVARIANT: failure never approves, also when what has failed is asked for no more.
        var refused = new ReviewAnswer.Refused(Cause.ASSURANCE_TOO_LOW, Replies.unproven());
        return switch (state) {
            case Unopened unopened -> Transition.unchanged(unopened, new ReviewAnswer.Unknown());
            case Pending pending -> {
                Transition<Answer.Noted> advanced = advance(pending, at);
                yield (advanced.next() instanceof Decided decided
                                ? refuse(decided, review, refused, at)
                                : refuse((Pending) advanced.next(), review, refused, at))
                        .after(advanced.facts());
            }
            case Decided decided -> refuse(decided, review, refused, at);
        };
    }

    Transition<ReviewAnswer> submit(ApprovalState state, Review review, Circumstances at) {
        return switch (state) {
            case Unopened unopened -> Transition.to(unopened.keep(review), new ReviewAnswer.Kept());
            case Pending pending ->
                pending.log()
                        .answerTo(review.id())
                        .map(answer -> Transition.unchanged(pending, answer))
                        .orElseGet(() -> hear(pending, review, at));
            case Granted granted ->
                granted.file()
                        .log()
                        .answerTo(review.id())
                        .map(answer -> Transition.unchanged(granted, answer))
                        .orElseGet(() -> after(granted, review, at));
            case Refused refused ->
                refused.file()
                        .log()
                        .answerTo(review.id())
                        .map(answer -> Transition.unchanged(refused, answer))
                        .orElseGet(() -> tooLate(refused, review, at));
        };
    }

    /** Everything that is due by now, whoever comes: reminders, escalations, a change of policy, and the end. */
    Transition<Answer.Noted> advance(Pending before, Circumstances at) {
        var facts = new ArrayList<Fact>();
        // Of an approval and the expiry, exactly one wins: from the moment at which time is up nothing else happens.
        if (before.expiredAt(at.now())) {
            Quorum quorum = before.panel(at).quorum(before.log().votes());
            return closed(closing.expired(before, quorum, at.now()), Answer.NOTED);
        }
        Timetable.Elapsed elapsed = Timetable.elapse(before, at);
        facts.addAll(elapsed.facts());
        Timetable.Elapsed reassessed = Timetable.reassess(elapsed.pending(), at);
        facts.addAll(reassessed.facts());
        Pending pending = reassessed.pending();
        return settled(pending, at)
                .map(decided -> closed(decided, Answer.NOTED))
                .orElseGet(() -> Transition.unchanged(pending, Answer.NOTED))
                .after(facts);
    }

    /** The decision that the votes amount to; empty while they amount to none. */
    private Optional<Decided> settled(Pending pending, Circumstances at) {
        List<Vote> votes = pending.log().votes();
        Panel panel = pending.panel(at);
        Quorum quorum = panel.quorum(votes);
        List<Review> rejections = panel.rejections(votes);
        if (panel.isRejected(rejections)) {
            return Optional.of(closing.rejected(pending, quorum, rejections, at.now()));
        }
        // Policy has been asked again: what it says decides whether these votes are enough.
        return pending.course().awaited() == null && quorum.met()
                ? Optional.of(closing.approved(pending, quorum, at.now()))
                : Optional.empty();
    }

    private Transition<ReviewAnswer> hear(Pending before, Review review, Circumstances at) {
        Transition<Answer.Noted> advanced = advance(before, at);
        Transition<ReviewAnswer> heard = switch (advanced.next()) {
            case Pending pending -> hearNow(pending, review, at);
            case Granted granted -> after(granted, review, at);
            case Refused refused -> tooLate(refused, review, at);
            case Unopened unopened -> throw new IllegalStateException("An open approval does not become unopened");
        };
        return heard.after(advanced.facts());
    }

    private Transition<ReviewAnswer> hearNow(Pending pending, Review review, Circumstances at) {
        if (review.verb() == Verb.SIGN || review.verb() == Verb.REVOKE) {
            return refuse(pending, review, Replies.notDecided(review.verb()), at);
        }
        if (review.verb() == Verb.BREAK_GLASS) {
            return new Motions(closing).breakGlass(pending, review, at);
        }
        return switch (pending.panel(at).admit(review, pending.log().votes())) {
            case Panel.Admission.Turned turned ->
                refuse(pending, review, SeparationOfDuties.onRecord(turned.refused()), at);
            case Panel.Admission.Admitted admitted ->
                objection(pending, review, at)
                        .map(refused -> refuse(pending, review, refused, at))
                        .orElseGet(() -> heard(pending, review, admitted, at));
        };
    }

    private Transition<ReviewAnswer> heard(
            Pending pending, Review review, Panel.Admission.Admitted admitted, Circumstances at) {
        var motions = new Motions(closing);
        return switch (review.verb()) {
            case APPROVE, REJECT -> vote(pending, new Vote(review, admitted.standsFor()), at);
            case ESCALATE -> settling(motions.escalate(pending, review, at), at);
            case CLAIM -> motions.claim(pending, review, at);
            case RELEASE -> motions.release(pending, review, at);
            case ASK -> motions.ask(pending, review, at);
            case EDIT -> motions.edit(pending, review, at);
            case BREAK_GLASS, SIGN, REVOKE -> throw new IllegalStateException(review.verb() + " goes another way");
        };
    }

    /** Whoever is asked as well may have approved before: then nobody needs to wait for another word. */
    private Transition<ReviewAnswer> settling(Transition<ReviewAnswer> escalated, Circumstances at) {
        return escalated.next() instanceof Pending pending
                ? settled(pending, at)
                        .map(decided -> Hearing.<ReviewAnswer>closed(decided, escalated.answer()))
                        .orElseGet(() -> Transition.unchanged(pending, escalated.answer()))
                        .after(escalated.facts())
                : escalated;
    }

    /** What stands against a review of somebody who has a say. */
    static Optional<ReviewAnswer.Refused> objection(Pending pending, Review review, Circumstances at) {
        if (pending.course().awaitsEdit() && isOfAwaited(pending, review)) {
            return Optional.of(new ReviewAnswer.Refused(Cause.AWAITS_POLICY, Replies.awaitsPolicy()));
        }
        if (pending.course().awaitsEdit() || !pending.request().digest().equals(review.digest())) {
            return Optional.of(new ReviewAnswer.Refused(Cause.DIGEST_DIFFERS, Wording.digestDiffers(review, pending)));
        }
        if (isFormal(review.verb()) && !pending.panel(at).isAssured(review)) {
            return Optional.of(new ReviewAnswer.Refused(
                    Cause.ASSURANCE_TOO_LOW, Replies.assurance(pending.verdict().requirement(), review)));
        }
        if (pending.verdict().requirement().wantsReason(review.verb()) && Replies.blank(review.reason())) {
            return Optional.of(new ReviewAnswer.Refused(Cause.REASON_MISSING, Replies.reasonMissing(review.verb())));
        }
        return Optional.empty();
    }

    /** Looking at it and asking about it takes no more than being known. */
    static boolean isFormal(Verb verb) {
        return verb != Verb.CLAIM && verb != Verb.RELEASE && verb != Verb.ASK;
    }

    private static boolean isOfAwaited(Pending pending, Review review) {
        Course.Reassessment awaited = pending.course().awaited();
        return awaited != null && awaited.request().digest().equals(review.digest());
    }

    private Transition<ReviewAnswer> vote(Pending before, Vote vote, Circumstances at) {
        Panel panel = before.panel(at);
        Optional<Vote> spoken = panel.spoken(before.log().votes(), vote);
        if (spoken.isPresent()) {
            String missing = Wording.missing(panel.quorum(before.log().votes()).progress());
            String explanation = Replies.alreadyReviewed(spoken.get(), vote, missing);
            return refuse(before, vote.review(), new ReviewAnswer.Refused(Cause.ALREADY_REVIEWED, explanation), at);
        }
        Pending voted = before.with(before.log().plus(vote));
        Quorum quorum = voted.panel(at).quorum(voted.log().votes());
        var answer = new ReviewAnswer.Recorded(quorum.progress());
        Pending pending = voted.with(voted.log().plus(vote.review(), answer));
        Fact recorded = Fact.of(new ReviewRecorded(
                pending.request().actionId(), vote.review(), vote.standsForPerson(), quorum.progress(), at.now()));
        return settled(pending, at)
                .map(decided -> Hearing.<ReviewAnswer>closed(decided, answer))
                .orElseGet(() -> Transition.to(pending, answer))
                .after(List.of(recorded));
    }

    /** The review is on record and does nothing. */
    static Transition<ReviewAnswer> refuse(
            Pending pending, Review review, ReviewAnswer.Refused refused, Circumstances at) {
        return Transition.to(
                pending.with(pending.log().plus(review, refused)),
                refused,
                refusal(review, refused, pending.request().actionId(), at));
    }

    private Transition<ReviewAnswer> after(Granted granted, Review review, Circumstances at) {
        return switch (review.verb()) {
            case SIGN -> new Aftermath(closing).sign(granted, review, at);
            case REVOKE -> new Aftermath(closing).revoke(granted, review, at);
            case APPROVE, REJECT, ESCALATE, CLAIM, RELEASE, ASK, EDIT, BREAK_GLASS -> tooLate(granted, review, at);
        };
    }

    private static Transition<ReviewAnswer> tooLate(Decided decided, Review review, Circumstances at) {
        Decision decision = decided.file().decision();
        ReviewAnswer.Refused refused = SeparationOfDuties.isAgent(review.reviewer(), decision.agent(), at.roster())
                ? SeparationOfDuties.onRecord(SeparationOfDuties.notAPerson(review.reviewer()))
                : new ReviewAnswer.Refused(
                        Cause.ALREADY_DECIDED, Wording.alreadyDecided(decision.outcome(), decision.decidedAt()));
        return refuse(decided, review, refused, at);
    }

    static Transition<ReviewAnswer> refuse(
            Decided decided, Review review, ReviewAnswer.Refused refused, Circumstances at) {
        ApprovalState.CaseFile file = decided.file();
        return Transition.to(
                decided.with(file.with(file.log().plus(review, refused))),
                refused,
                refusal(review, refused, file.decision().actionId(), at));
    }

    static <A extends Answer> Transition<A> closed(Decided decided, A answer) {
        return Transition.to(decided, answer, Fact.of(decided.file().decision()));
    }

    private static Fact refusal(Review review, ReviewAnswer.Refused refused, ActionId action, Circumstances at) {
        return Fact.of(new ReviewRefused(action, review, refused.cause(), refused.explanation(), at.now()));
    }
}
